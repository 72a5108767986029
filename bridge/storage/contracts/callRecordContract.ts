import { describe, expect, it } from 'vitest';
import {
  brandIdSchema,
  type CallId,
  callIdSchema,
  callServerIdSchema,
  deviceIdSchema,
  gatewayIdSchema,
  userIdSchema,
} from '../../../shared/domain/index.ts';
import type {
  CallClosing,
  CallEventRecord,
  CallOpening,
  CallParticipant,
  CallRecordStore,
} from '../ports/CallRecordStore.ts';

export const server = callServerIdSchema.parse('main');
const alice = userIdSchema.parse('alice');
const id = (text: string): CallId => callIdSchema.parse(text);

export function opening(callId: string, change: Partial<CallOpening> = {}): CallOpening {
  return {
    callId: id(callId),
    callServerId: server,
    brandId: brandIdSchema.parse('default'),
    userId: alice,
    deviceId: null,
    direction: 'outgoing',
    callingNumber: null,
    callingName: null,
    calledNumber: '+12025550100',
    calledName: 'Mother',
    requestedAtMs: 1_000_000,
    ...change,
  };
}

const person = (userId: string, change: Partial<CallParticipant> = {}): CallParticipant => ({
  userId: userIdSchema.parse(userId),
  displayName: null,
  callingName: null,
  answer: null,
  ...change,
});

/** What the record of a dialled call has beside its opening. */
const fresh = {
  ...{ forwardedTo: null, forwardGatewayId: null, transferredTo: null, mediaWay: null, price: null },
  isAnonymous: false,
  participants: [person('alice')],
};

export const closing: CallClosing = {
  endedAtMs: 1_060_000,
  outcome: 'answered',
  disconnectedBy: 'called',
  sipStatus: 200,
  q850: 16,
  errorCode: null,
  postDialDelayMs: 120.5,
};

export function event(callId: string, type: string, change: Partial<CallEventRecord> = {}): CallEventRecord {
  return { callId: id(callId), atMs: 1_000_000, type, state: null, detail: {}, ...change };
}

/** What every `CallRecordStore` keeps to; `create` makes an empty one. */
export function describeCallRecordStore(name: string, create: () => Promise<CallRecordStore>): void {
  describe(`${name} as a call record store`, () => {
    it('keeps a record from the request to the end', async () => {
      const records = await create();
      await records.open(opening('1'));
      expect(await records.get(id('1'))).toEqual({
        ...opening('1'),
        ...fresh,
        gatewayId: null,
        gatewayChoice: null,
        codec: null,
        answeredAtMs: null,
        closing: null,
      });
      const gatewayId = gatewayIdSchema.parse('first');
      await records.progress(id('1'), { gatewayId, gatewayChoice: { steps: ['prefix'], dropped: [] } });
      const price = { connectionFeeMicros: 1, microsPerMinute: 2, firstMs: 3, incrementMs: 4 };
      await records.progress(id('1'), { price });
      await records.progress(id('1'), { codec: 'opus', answeredAtMs: 1_005_000.25 });
      await records.close(id('1'), closing);
      expect(await records.get(id('1'))).toEqual({
        ...opening('1'),
        ...fresh,
        gatewayId,
        gatewayChoice: { steps: ['prefix'], dropped: [] },
        ...{ price, codec: 'opus' },
        answeredAtMs: 1_005_000.25,
        closing,
      });
      expect(await records.get(id('2'))).toBeUndefined();
    });

    it('closes a call once, and opens it once', async () => {
      const records = await create();
      await records.open(opening('1'));
      await records.close(id('1'), closing);
      await records.close(id('1'), { ...closing, outcome: 'failed' });
      await records.open(opening('1'));
      expect((await records.get(id('1')))?.closing).toEqual(closing);
    });

    it('takes what became of a call later into a closed record, and into none that isn’t there', async () => {
      const records = await create();
      await records.open(opening('1'));
      await records.close(id('1'), closing);
      await records.appendLateEvent(event('1', 'leftoverEnded'));
      expect(await records.events(id('1'))).toMatchObject([{ type: 'leftoverEnded' }]);
      await expect(records.appendLateEvent(event('2', 'late'))).rejects.toMatchObject({ code: 'unknownCall' });
    });

    it('lets no other call into a record, and nothing into a closed one', async () => {
      const records = await create();
      await records.open(opening('1'));
      const theirs = records.open(opening('1', { userId: userIdSchema.parse('mallory') }));
      await expect(theirs).rejects.toMatchObject({ code: 'conflict' });
      await expect(records.open(opening('1', { requestedAtMs: 1 }))).rejects.toMatchObject({ code: 'conflict' });
      await records.close(id('1'), closing);
      await expect(records.appendEvent(event('1', 'late'))).rejects.toMatchObject({ code: 'unknownCall' });
      const progress = records.progress(id('1'), { codec: 'opus' });
      await expect(progress).rejects.toMatchObject({ code: 'unknownCall' });
      expect(await records.get(id('1'))).toMatchObject({ userId: alice, codec: null, closing });
      expect(await records.events(id('1'))).toEqual([]);
    });

    it('keeps the events of each call in the order in which they were made', async () => {
      const records = await create();
      await records.open(opening('1'));
      await records.open(opening('2'));
      const events = [
        event('1', 'authorized', { detail: { rule: 'us', nested: { list: [1, null] } } }),
        event('1', 'ringing', { state: 'ringing', atMs: 1_000_200.125 }),
        event('1', 'established', { state: 'established', atMs: 1_000_100 }),
      ];
      await Promise.all([...events.map((one) => records.appendEvent(one)), records.appendEvent(event('2', 'other'))]);
      expect(await records.events(id('1'))).toEqual(events);
      expect(await records.events(id('3'))).toEqual([]);
    });

    it('joins writes that wait without changing their order', async () => {
      const records = await create();
      const writes = Array.from({ length: 50 }, (_, index) => [
        records.open(opening(`${index}`)),
        records.appendEvent(event(`${index}`, 'requested')),
        records.progress(id(`${index}`), { codec: 'PCMU' }),
        records.close(id(`${index}`), closing),
      ]);
      await Promise.all(writes.flat());
      const last = await records.get(id('49'));
      expect(last).toMatchObject({ codec: 'PCMU', closing });
      expect(await records.events(id('49'))).toHaveLength(1);
    });

    it('refuses what belongs to no call, and lets what was written beside it stand', async () => {
      const records = await create();
      const lost = [
        records.appendEvent(event('ghost', 'ringing')),
        records.progress(id('ghost'), { codec: 'opus' }),
        records.close(id('ghost'), closing),
      ];
      const good = records.open(opening('1'));
      for (const write of lost) await expect(write).rejects.toMatchObject({ code: 'unknownCall' });
      await good;
      expect(await records.get(id('1'))).toBeDefined();
    });

    it('refuses a detail that JSON cannot hold, alone', async () => {
      const records = await create();
      const good = records.open(opening('1'));
      const bad = records.appendEvent(event('1', 'odd', { detail: { count: 1n } }));
      await expect(bad).rejects.toThrow('JSON');
      await good;
      expect(await records.events(id('1'))).toEqual([]);
    });

    it('pages through the calls of a person, newest first, while new ones arrive', async () => {
      const records = await create();
      // Three calls share each time: the time alone doesn't say where a page ended.
      const calls = Array.from({ length: 20 }, (_, index) =>
        opening(`${index}`, { requestedAtMs: 1_000_000 + Math.floor(index / 3) }),
      );
      await Promise.all(calls.map((call) => records.open(call)));
      await records.open(opening('of bob', { userId: userIdSchema.parse('bob') }));
      const seen: string[] = [];
      let before: string | undefined;
      do {
        const page = await records.pageByUser(alice, { limit: 7, ...(before === undefined ? {} : { before }) });
        seen.push(...page.records.map(({ callId }) => callId));
        await records.open(opening(`late ${seen.length}`, { requestedAtMs: 2_000_000 }));
        before = page.nextCursor ?? undefined;
      } while (before !== undefined);
      expect(seen).toEqual(calls.map(({ callId }) => callId as string).reverse());
    });

    it('has an incoming call in the history of everybody whom it rang, and says who took it where', async () => {
      const records = await create();
      const incoming = {
        direction: 'incoming',
        userId: null,
        callingNumber: '+442079460000',
        callingName: 'ACME',
      } as const;
      await records.open(opening('1', incoming));
      expect((await records.get(id('1')))?.participants).toEqual([]);
      expect((await records.pageByUser(alice, { limit: 5 })).records).toEqual([]);
      const rung = [
        person('alice', { displayName: 'Alice', callingName: 'Mother' }),
        person('bob', { displayName: 'Bob' }),
      ];
      await records.progress(id('1'), { participants: rung });
      const deviceId = deviceIdSchema.parse('tab-1');
      await records.progress(id('1'), {
        ...{ userId: alice, deviceId },
        participants: [person('alice', { answer: 'taken' }), person('bob', { answer: 'declined' })],
      });
      const taken = await records.get(id('1'));
      expect(taken).toMatchObject({ ...incoming, userId: alice, deviceId });
      expect(taken?.participants).toEqual([
        { ...rung[0], answer: 'taken' },
        { ...rung[1], answer: 'declined' },
      ]);
      for (const userId of [alice, userIdSchema.parse('bob')]) {
        expect((await records.pageByUser(userId, { limit: 5 })).records).toEqual([taken]);
      }
    });

    it('says where an incoming call was forwarded to, and rings nobody in a record that is closed', async () => {
      const records = await create();
      await records.open(opening('1', { direction: 'incoming', userId: null }));
      const forward = { forwardedTo: '+12025550111', forwardGatewayId: gatewayIdSchema.parse('second') };
      await records.progress(id('1'), forward);
      await records.close(id('1'), closing);
      const late = records.progress(id('1'), { participants: [person('alice')] });
      await expect(late).rejects.toMatchObject({ code: 'unknownCall' });
      expect(await records.get(id('1'))).toMatchObject({ ...forward, participants: [] });
    });

    it('keeps which way the audio went last, and to whom the call was passed on', async () => {
      const records = await create();
      await records.open(opening('1'));
      await records.progress(id('1'), { mediaWay: 'direct' });
      await records.progress(id('1'), { transferredTo: '+12025550122' });
      expect(await records.get(id('1'))).toMatchObject({ mediaWay: 'direct', transferredTo: '+12025550122' });
      await records.progress(id('1'), { mediaWay: 'relay' });
      expect(await records.get(id('1'))).toMatchObject({ mediaWay: 'relay', transferredTo: '+12025550122' });
    });

    it('gives no cursor at the exact end, and an empty page to somebody without calls', async () => {
      const records = await create();
      await Promise.all(['1', '2'].map((one) => records.open(opening(one))));
      expect((await records.pageByUser(alice, { limit: 2 })).nextCursor).toBeNull();
      expect(await records.pageByUser(userIdSchema.parse('nobody'), { limit: 2 })).toEqual({
        records: [],
        nextCursor: null,
      });
    });

    it.each(['', 'x', 'MTIz', '!!!', 'a'.repeat(500)])('refuses %j as a cursor', async (before) => {
      const records = await create();
      await expect(records.pageByUser(alice, { before, limit: 1 })).rejects.toMatchObject({ code: 'badCursor' });
    });

    it('closes the open calls of a call server as interrupted, at the time of their last event', async () => {
      const records = await create();
      const other = callServerIdSchema.parse('other');
      await Promise.all([
        records.open(opening('silent')),
        records.open(opening('talking')),
        records.appendEvent(event('talking', 'ringing', { state: 'ringing', atMs: 1_000_150 })),
        records.appendEvent(event('talking', 'established', { state: 'established', atMs: 1_009_000 })),
        records.progress(id('talking'), { answeredAtMs: 1_008_000 }),
        records.open(opening('done')),
        records.close(id('done'), closing),
        records.open(opening('elsewhere', { callServerId: other })),
      ]);
      expect([...(await records.closeInterrupted(server))].sort()).toEqual(['silent', 'talking']);
      const interrupted = { outcome: 'interrupted', disconnectedBy: 'bridge', q850: 41 };
      expect((await records.get(id('silent')))?.closing).toMatchObject({ ...interrupted, endedAtMs: 1_000_000 });
      expect((await records.get(id('talking')))?.closing).toMatchObject({
        ...interrupted,
        endedAtMs: 1_009_000,
        postDialDelayMs: 150,
      });
      expect((await records.get(id('done')))?.closing).toEqual(closing);
      expect((await records.get(id('elsewhere')))?.closing).toBeNull();
      expect(await records.closeInterrupted(server)).toEqual([]);
    });

    it('knows of which ended calls of a call server nobody was told, until it is said that they were', async () => {
      const records = await create();
      await Promise.all([
        records.open(opening('told')),
        records.open(opening('interrupted')),
        records.open(opening('done')),
        records.open(opening('elsewhere', { callServerId: callServerIdSchema.parse('other') })),
        ...['told', 'done', 'elsewhere'].map((one) => records.close(id(one), closing)),
        records.told(id('told')),
      ]);
      await records.told(id('unknown'));
      expect(await records.untold(server)).toEqual(['done']);
      await records.closeInterrupted(server);
      expect(await records.untold(server)).toEqual(['interrupted', 'done']);
      await records.told(id('interrupted'));
      expect(await records.untold(server)).toEqual(['done']);
    });
  });
}

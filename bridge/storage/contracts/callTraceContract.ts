import { describe, expect, it } from 'vitest';
import type { CallSipMessage, QualityPoint } from '../../../shared/admin/index.ts';
import { callIdSchema } from '../../../shared/domain/index.ts';
import type { CallRecordStore } from '../ports/CallRecordStore.ts';
import type { CallTraceStore } from '../ports/CallTraceStore.ts';
import { closing, opening } from './callRecordContract.ts';

const id = (text: string) => callIdSchema.parse(text);

export function sipMessage(text: string, change: Partial<CallSipMessage> = {}): CallSipMessage {
  const way = { transport: 'udp', local: '192.0.2.1:5060', remote: '192.0.2.2:5060' } as const;
  return { atMs: 1_000_000.5, direction: 'sent', gatewayId: 'gw1', ...way, text, ...change };
}

const unknown = { mos: null, lossPercent: null, jitterMs: null, roundTripMs: null };
const point = (atMs: number): QualityPoint => ({
  atMs,
  fromBrowser: { mos: 4.4, lossPercent: 0, jitterMs: 1.5, roundTripMs: 20 },
  ...{ toBrowser: unknown, fromGateway: { ...unknown, mos: 3.1 }, toGateway: unknown },
});

const nothing = { messages: [], omittedMessages: 0, quality: [] };

/** What every `CallTraceStore` keeps to, beside the records of the same storage; `create` makes both, empty. */
export function describeCallTraceStore(
  name: string,
  create: () => Promise<{ records: CallRecordStore; traces: CallTraceStore }>,
): void {
  describe(`${name} as a store of what calls were like`, () => {
    async function withCall(change: Parameters<typeof opening>[1] = {}) {
      const stores = await create();
      await stores.records.open(opening('1', change));
      return stores;
    }

    it('puts together what came in parts, of one call only', async () => {
      const { records, traces } = await withCall();
      await records.open(opening('2'));
      await traces.append(id('1'), { messages: [sipMessage('INVITE')], quality: [point(1)] });
      await traces.append(id('2'), { messages: [sipMessage('BYE')] });
      await traces.append(id('1'), {
        messages: [sipMessage('ACK')],
        omittedMessages: 3,
        quality: [point(2), point(3)],
      });
      expect(await traces.get(id('1'))).toEqual({
        messages: [sipMessage('INVITE'), sipMessage('ACK')],
        omittedMessages: 3,
        quality: [point(1), point(2), point(3)],
      });
      expect((await traces.get(id('2'))).messages).toEqual([sipMessage('BYE')]);
    });

    it('takes what comes after the end of a call, and refuses what is of none', async () => {
      const { records, traces } = await withCall();
      await records.close(id('1'), closing);
      await traces.append(id('1'), { messages: [sipMessage('200 to BYE')] });
      expect((await traces.get(id('1'))).messages).toHaveLength(1);
      await expect(traces.append(id('none'), { messages: [] })).rejects.toMatchObject({ code: 'unknownCall' });
      expect(await traces.get(id('none'))).toEqual(nothing);
    });

    it('goes with the record of its call', async () => {
      const { records, traces } = await withCall({ requestedAtMs: 999 });
      await traces.append(id('1'), { quality: [point(1)] });
      await records.close(id('1'), closing);
      await records.forget(1000, 10);
      expect(await traces.get(id('1'))).toEqual(nothing);
    });

    it('forgets what is older, so many at a time, and leaves the record', async () => {
      const { records, traces } = await withCall({ requestedAtMs: 999 });
      await records.open(opening('2', { requestedAtMs: 1000 }));
      for (const call of ['1', '1', '1', '2']) await traces.append(id(call), { quality: [point(1)] });
      expect(await traces.forget(1000, 2)).toBe(2);
      expect(await traces.forget(1000, 2)).toBe(1);
      expect(await traces.forget(1000, 2)).toBe(0);
      expect(await traces.get(id('1'))).toEqual(nothing);
      expect((await traces.get(id('2'))).quality).toEqual([point(1)]);
      expect(await records.get(id('1'))).toBeDefined();
    });

    it('is anonymised with the record: numbers, short ones behind `sip:` too, and names before addresses', async () => {
      const { records, traces } = await withCall({ requestedAtMs: 999 });
      const lines = [
        'INVITE sip:+493012345678@gw.example SIP/2.0',
        'From: "Erika M. \\"E\\"" <sip:erika.mustermann@192.0.2.1>;tag=a1',
        'To: Max Power <sip:+12025550100@gw.example>',
        'P-Asserted-Identity: <tel:+441234567890>',
        'CSeq: 1 INVITE',
      ];
      await traces.append(id('1'), { messages: [sipMessage(lines.join('\r\n'))], quality: [point(1_234_567)] });
      await records.close(id('1'), closing);
      await records.anonymise(1000, 10);
      const { messages, quality } = await traces.get(id('1'));
      expect(messages[0]?.text.split('\r\n')).toEqual([
        'INVITE sip:+4930xxxxxxxx@gw.example SIP/2.0',
        'From: <sip:erikaxxxxxxxxxxx@192.0.2.1>;tag=a1',
        'To: <sip:+1202xxxxxxx@gw.example>',
        'P-Asserted-Identity: <tel:+4412xxxxxxxx>',
        'CSeq: 1 INVITE',
      ]);
      expect(messages[0]).toMatchObject({ gatewayId: 'gw1', local: '192.0.2.1:5060' });
      expect(quality).toEqual([point(1_234_567)]);
    });
  });
}

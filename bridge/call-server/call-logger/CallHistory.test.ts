import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  brandIdSchema,
  type CallId,
  callIdSchema,
  callServerIdSchema,
  type UserId,
  userIdSchema,
} from '../../../shared/domain/index.ts';
import { historyDetailSchema, historyPageSchema } from '../../../shared/protocol/index.ts';
import { systemClock } from '../../observability/index.ts';
import { RecordingLogger } from '../../observability/RecordingLogger.ts';
import { type CallOpening, createStorage, MemoryCollection, type Storage } from '../../storage/index.ts';
import { CallHistory, CallLogger } from './index.ts';
import { type KeptSeenMark, MissedCalls } from './MissedCalls.ts';

const callServerId = callServerIdSchema.parse('main');

let folder = '';
let storage: Storage;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dialbridge-history-'));
  storage = await createStorage({ dataDir: folder, logger: new RecordingLogger() });
});
afterAll(async () => {
  await storage.close();
  await rm(folder, { recursive: true, force: true });
});

/** Storage takes its time to open, so all tests have one: the people and the calls of each are its own. */
let test = 0;
let alice: UserId;
let bob: UserId;
const callIdOf = (name: string) => callIdSchema.parse(`${test}-${name}`);

let log: CallLogger;
let history: CallHistory;
let missed: MissedCalls;
beforeEach(() => {
  test += 1;
  alice = userIdSchema.parse(`alice-${test}`);
  bob = userIdSchema.parse(`bob-${test}`);
  const logger = new RecordingLogger();
  const { activeCalls, callRecords } = storage;
  log = new CallLogger({ activeCalls, records: callRecords, clock: systemClock, logger, callServerId });
  missed = new MissedCalls({ records: callRecords, marks: new MemoryCollection<KeptSeenMark>(), clock: systemClock });
  history = new CallHistory({ records: callRecords, missed });
});
afterEach(() => log.close());

function request(name: string, change: Partial<CallOpening> = {}): void {
  log.requested({
    callId: callIdOf(name),
    callServerId,
    brandId: brandIdSchema.parse('default'),
    userId: alice,
    deviceId: null,
    direction: 'outgoing',
    callingNumber: null,
    callingName: null,
    calledNumber: '+12025550100',
    calledName: 'Mother',
    requestedAtMs: 1000,
    ...change,
  });
}

describe('CallHistory, on the records of a real call logger', () => {
  it('shows a call as the protocol says', async () => {
    request('1');
    const callId = callIdOf('1');
    log.event(callId, 'ringing', { state: 'ringing', detail: { sipStatus: 180 } });
    log.progressed(callId, { codec: 'G722', answeredAtMs: 2000.4, gatewayChoice: { dropped: [] } });
    const closed = new Promise((resolve) => log.once('recordClosed', resolve));
    log.ended(callId, {
      endedAtMs: 3000.6,
      outcome: 'answered',
      disconnectedBy: 'caller',
      sipStatus: 200,
      q850: 16,
      errorCode: null,
      postDialDelayMs: 5,
    });
    expect(await closed).toEqual({ userId: alice, callId });
    const page = historyPageSchema.parse(await history.page(alice));
    expect(page).toEqual({
      entries: [
        {
          callId,
          direction: 'outgoing',
          number: '+12025550100',
          name: 'Mother',
          requestedAtMs: 1000,
          answeredAtMs: 2000,
          endedAtMs: 3001,
          outcome: 'answered',
          codec: 'G722',
          gatewayId: null,
        },
      ],
      nextCursor: null,
      missed: { count: 0, seenUntilMs: 0 },
    });
    const detail = historyDetailSchema.parse(await history.detail(alice, callId));
    expect(detail).toMatchObject({
      disconnectedBy: 'caller',
      sipStatus: 200,
      q850: 16,
      gatewayChoice: { dropped: [] },
    });
    expect(detail.mediaWay).toBeNull();
    expect(detail.events).toMatchObject([{ type: 'ringing', state: 'ringing', detail: { sipStatus: 180 } }]);
  });

  it('shows which way the audio went, and to whom the person passed the call on', async () => {
    request('1');
    const callId = callIdOf('1');
    log.progressed(callId, { answeredAtMs: 2000, mediaWay: 'relay' });
    log.progressed(callId, { transferredTo: '+12025550122' });
    await log.flush();
    const detail = historyDetailSchema.parse(await history.detail(alice, callId));
    expect(detail).toMatchObject({ mediaWay: 'relay', entry: { transferredTo: '+12025550122' } });
  });

  it('shows a call that is up without an end, and the caller of an incoming one', async () => {
    request('1', { direction: 'incoming', callingNumber: '+12025550199' });
    await log.flush();
    const { entries } = historyPageSchema.parse(await history.page(alice));
    expect(entries).toMatchObject([{ number: '+12025550199', endedAtMs: null, outcome: null }]);
  });

  describe('of an incoming call that rang two people', () => {
    const closing = { endedAtMs: 9000, disconnectedBy: 'caller', sipStatus: null, q850: 16 } as const;
    const missed = { ...closing, outcome: 'noAnswer', errorCode: null, postDialDelayMs: 5 } as const;

    let callId: CallId;
    beforeEach(() => {
      callId = callIdOf('1');
      request('1', { direction: 'incoming', callingNumber: '+442079460000', callingName: 'ACME', userId: null });
      const participants = [
        { userId: alice, displayName: 'Alice', callingName: 'Mother', answer: null },
        { userId: bob, displayName: 'Bob', callingName: null, answer: null },
      ];
      log.progressed(callId, { participants });
    });

    async function entryOf(person: UserId) {
      await log.flush();
      return historyPageSchema.parse(await history.page(person)).entries[0];
    }

    it('names the caller as each person’s own address book does, and tells both of its end', async () => {
      const told: UserId[] = [];
      log.on('recordClosed', ({ userId }) => told.push(userId));
      log.ended(callId, missed);
      expect(await entryOf(alice)).toMatchObject({ name: 'Mother', number: '+442079460000', outcome: 'noAnswer' });
      expect(await entryOf(bob)).toMatchObject({ name: 'ACME', outcome: 'noAnswer', answeredAtMs: null });
      expect(told).toEqual([alice, bob]);
    });

    it('has been answered by the one, and by somebody else for the other', async () => {
      log.progressed(callId, { userId: alice, answeredAtMs: 2000 });
      log.ended(callId, { ...missed, outcome: 'answered' });
      const mine = await entryOf(alice);
      expect(mine).toMatchObject({ outcome: 'answered', answeredAtMs: 2000 });
      expect(mine).not.toHaveProperty('takenBy');
      expect(await entryOf(bob)).toMatchObject({ outcome: 'answered', answeredAtMs: null, takenBy: 'Alice' });
    });

    it('says which telephone it went on to', async () => {
      log.progressed(callId, { forwardedTo: '+12025550111', answeredAtMs: 2000 });
      log.ended(callId, { ...missed, outcome: 'answered' });
      expect(await entryOf(bob)).toMatchObject({ outcome: 'answered', takenBy: '+12025550111' });
    });

    it('was declined by who declined it, however it ended', async () => {
      log.progressed(callId, {
        participants: [{ userId: bob, displayName: null, callingName: null, answer: 'declined' }],
      });
      log.ended(callId, missed);
      expect(await entryOf(bob)).toMatchObject({ outcome: 'declined' });
      expect(await entryOf(alice)).toMatchObject({ outcome: 'noAnswer' });
    });
  });

  it('pages, and refuses a made-up cursor', async () => {
    for (let count = 0; count < 5; count += 1) request(`${count}`);
    await log.flush();
    const first = await history.page(alice, { limit: 3 });
    const second = await history.page(alice, { limit: 3, before: first.nextCursor ?? '' });
    expect([...first.entries, ...second.entries].map((entry) => entry.callId)).toEqual(
      ['4', '3', '2', '1', '0'].map(callIdOf),
    );
    expect(second.nextCursor).toBeNull();
    await expect(history.page(alice, { before: 'made up' })).rejects.toMatchObject({ code: 'badRequest' });
    expect((await history.page(alice, { limit: -5 })).entries).toHaveLength(1);
  });

  it('knows nothing of other people', async () => {
    request('1');
    await log.flush();
    const mallory = userIdSchema.parse('mallory');
    expect((await history.page(mallory)).entries).toEqual([]);
    await expect(history.detail(mallory, callIdOf('1'))).rejects.toMatchObject({ code: 'notFound' });
    await expect(history.detail(alice, callIdOf('2'))).rejects.toMatchObject({ code: 'notFound' });
  });
});

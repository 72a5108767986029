import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { brandIdSchema, callIdSchema, callServerIdSchema, userIdSchema } from '../../../shared/domain/index.ts';
import { historyDetailSchema, historyPageSchema } from '../../../shared/protocol/index.ts';
import { systemClock } from '../../observability/index.ts';
import { RecordingLogger } from '../../observability/RecordingLogger.ts';
import { createStorage, type Storage } from '../../storage/index.ts';
import { CallHistory, CallLogger } from './index.ts';

const alice = userIdSchema.parse('alice');
const callServerId = callServerIdSchema.parse('main');

let folder = '';
let storage: Storage;
let log: CallLogger;
let history: CallHistory;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dialbridge-history-'));
  const logger = new RecordingLogger();
  storage = await createStorage({ dataDir: folder, logger });
  const { activeCalls, callRecords } = storage;
  log = new CallLogger({ activeCalls, records: callRecords, clock: systemClock, logger, callServerId });
  history = new CallHistory({ records: callRecords });
});
afterEach(async () => {
  await log.close();
  await storage.close();
  await rm(folder, { recursive: true, force: true });
});

function request(name: string, change: { direction?: 'incoming'; callingNumber?: string } = {}): void {
  log.requested({
    callId: callIdSchema.parse(name),
    callServerId,
    brandId: brandIdSchema.parse('default'),
    userId: alice,
    direction: 'outgoing',
    callingNumber: null,
    calledNumber: '+12025550100',
    calledName: 'Mother',
    requestedAtMs: 1000,
    ...change,
  });
}

describe('CallHistory, on the records of a real call logger', () => {
  it('shows a call as the protocol says', async () => {
    request('1');
    const callId = callIdSchema.parse('1');
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
    });
    const detail = historyDetailSchema.parse(await history.detail(alice, callId));
    expect(detail).toMatchObject({
      disconnectedBy: 'caller',
      sipStatus: 200,
      q850: 16,
      gatewayChoice: { dropped: [] },
    });
    expect(detail.events).toMatchObject([{ type: 'ringing', state: 'ringing', detail: { sipStatus: 180 } }]);
  });

  it('shows a call that is up without an end, and the caller of an incoming one', async () => {
    request('1', { direction: 'incoming', callingNumber: '+12025550199' });
    await log.flush();
    const { entries } = historyPageSchema.parse(await history.page(alice));
    expect(entries).toMatchObject([{ number: '+12025550199', endedAtMs: null, outcome: null }]);
  });

  it('pages, and refuses a made-up cursor', async () => {
    for (let count = 0; count < 5; count += 1) request(`${count}`);
    await log.flush();
    const first = await history.page(alice, { limit: 3 });
    const second = await history.page(alice, { limit: 3, before: first.nextCursor ?? '' });
    expect([...first.entries, ...second.entries].map((entry) => entry.callId)).toEqual(['4', '3', '2', '1', '0']);
    expect(second.nextCursor).toBeNull();
    await expect(history.page(alice, { before: 'made up' })).rejects.toMatchObject({ code: 'badRequest' });
    expect((await history.page(alice, { limit: -5 })).entries).toHaveLength(1);
  });

  it('knows nothing of other people', async () => {
    request('1');
    await log.flush();
    const mallory = userIdSchema.parse('mallory');
    expect((await history.page(mallory)).entries).toEqual([]);
    await expect(history.detail(mallory, callIdSchema.parse('1'))).rejects.toMatchObject({ code: 'notFound' });
    await expect(history.detail(alice, callIdSchema.parse('2'))).rejects.toMatchObject({ code: 'notFound' });
  });
});

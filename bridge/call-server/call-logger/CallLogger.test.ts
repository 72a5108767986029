import { describe, expect, it, vi } from 'vitest';
import {
  brandIdSchema,
  type CallId,
  callIdSchema,
  callServerIdSchema,
  deviceIdSchema,
  gatewayIdSchema,
  userIdSchema,
} from '../../../shared/domain/index.ts';
import { FakeClock } from '../../observability/FakeClock.ts';
import { RecordingLogger } from '../../observability/RecordingLogger.ts';
import { type CallClosing, type CallOpening, MemoryActiveCallStore, StorageError } from '../../storage/index.ts';
import { CallLogger } from './index.ts';

const callId = callIdSchema.parse('call-1');
const callServerId = callServerIdSchema.parse('main');
const gatewayId = gatewayIdSchema.parse('first');
const userId = userIdSchema.parse('alice');

const opening: CallOpening = {
  callId,
  callServerId,
  brandId: brandIdSchema.parse('default'),
  userId,
  deviceId: null,
  direction: 'outgoing',
  callingNumber: null,
  callingName: null,
  calledNumber: '+12025550100',
  calledName: null,
  requestedAtMs: 1000,
};

const closing: CallClosing = {
  endedAtMs: 9000,
  outcome: 'answered',
  disconnectedBy: 'called',
  sipStatus: 200,
  q850: 16,
  errorCode: null,
  postDialDelayMs: 100,
};

/** Notes what is written, and refuses it for as long as it is told to. */
class FakeRecords {
  readonly written: string[] = [];
  refusal: StorageError | null = null;
  tries = 0;

  open(call: CallOpening): Promise<void> {
    return this.#write(`open ${call.callId}`);
  }
  progress(id: CallId, progress: object): Promise<void> {
    return this.#write(`progress ${id} ${Object.keys(progress).join(' ')}`);
  }
  close(id: CallId, end: CallClosing): Promise<void> {
    return this.#write(`close ${id} ${end.outcome}`);
  }
  appendEvent(event: { callId: CallId; type: string; atMs: number }): Promise<void> {
    return this.#write(`event ${event.callId} ${event.type} ${event.atMs}`);
  }
  async closeInterrupted(): Promise<readonly CallId[]> {
    return [callIdSchema.parse('left')];
  }
  async #write(what: string): Promise<void> {
    this.tries += 1;
    if (this.refusal !== null) throw this.refusal;
    this.written.push(what);
  }
}

function setUp() {
  const clock = new FakeClock(5000);
  const logger = new RecordingLogger();
  const records = new FakeRecords();
  const activeCalls = new MemoryActiveCallStore();
  const log = new CallLogger({ activeCalls, records, clock, logger, callServerId });
  const closed: string[] = [];
  log.on('recordClosed', (call) => closed.push(`${call.userId} ${call.callId} after ${records.written.at(-1)}`));
  return { clock, logger, records, activeCalls, log, closed };
}

function runWholeCall(log: CallLogger): void {
  log.requested(opening);
  log.event(callId, 'authorized', { state: 'requested', detail: { ruleId: 'us', calledNumber: '+12025550100' } });
  log.progressed(callId, { gatewayId, gatewayChoice: ['prefix'], state: 'dialing' });
  log.event(callId, 'established', { state: 'established' });
  log.progressed(callId, { codec: 'opus', answeredAtMs: 4000 });
  log.ended(callId, closing);
}

describe('CallLogger', () => {
  it('writes the record in order and tells once it is closed', async () => {
    const { log, records, closed } = setUp();
    runWholeCall(log);
    expect(records.written).toEqual([]);
    await log.flush();
    expect(records.written).toEqual([
      'open call-1',
      'event call-1 authorized 5000',
      'progress call-1 gatewayId gatewayChoice',
      'event call-1 established 5000',
      'progress call-1 codec answeredAtMs',
      'close call-1 answered',
    ]);
    expect(closed).toEqual(['alice call-1 after close call-1 answered']);
  });

  it('writes an opening soon, and what happens then together after a moment', async () => {
    const { log, records, clock } = setUp();
    log.requested(opening);
    await clock.advanceAsync(19);
    expect(records.written).toEqual([]);
    await clock.advanceAsync(1);
    expect(records.written).toEqual(['open call-1']);
    log.event(callId, 'ringing');
    await clock.advanceAsync(30);
    log.event(callId, 'established');
    await clock.advanceAsync(10);
    expect(records.written).toHaveLength(1);
    await clock.advanceAsync(10);
    expect(records.written).toHaveLength(3);
    log.ended(callId, closing);
    await clock.advanceAsync(10);
    log.requested({ ...opening, callId: callIdSchema.parse('call-2') });
    await clock.advanceAsync(10);
    log.requested({ ...opening, callId: callIdSchema.parse('call-3') });
    await clock.advanceAsync(10);
    expect(records.written.slice(3)).toEqual(['close call-1 answered', 'open call-2', 'open call-3']);
    expect(clock.pendingTimers).toBe(0);
  });

  it('keeps the connection database in step, and empty when no call is up', async () => {
    const { log, activeCalls } = setUp();
    log.requested(opening);
    log.progressed(callId, { gatewayId, state: 'dialing' });
    log.event(callId, 'ringing', { state: 'ringing' });
    log.progressed(callId, { codec: 'PCMU' });
    await log.flush();
    expect(await activeCalls.list()).toMatchObject([{ id: callId, gatewayId, state: 'ringing', codec: 'PCMU' }]);
    log.ended(callId, closing);
    await log.flush();
    expect(await activeCalls.list()).toEqual([]);
  });

  it('ignores what comes for a call that has ended or never began', async () => {
    const { log, records, closed } = setUp();
    log.event(callId, 'ringing');
    log.progressed(callId, { codec: 'opus' });
    log.ended(callId, closing);
    runWholeCall(log);
    log.event(callId, 'firstAudioToGateway');
    log.ended(callId, { ...closing, outcome: 'failed' });
    await log.flush();
    expect(records.written).toHaveLength(6);
    expect(closed).toHaveLength(1);
  });

  it('tells the log each step, with no detail that is not known to be harmless', async () => {
    const { log, logger } = setUp();
    runWholeCall(log);
    await log.flush();
    expect(logger.lines.map(({ level, message }) => `${level} ${message}`)).toEqual([
      'info Call requested',
      'info Call event: authorized',
      'info Call event: established',
      'info Call ended',
    ]);
    expect(logger.lines[1]?.fields).toEqual({ callId, state: 'requested', ruleId: 'us' });
    expect(logger.lines[3]?.fields).toMatchObject({ callId, outcome: 'answered', talkedMs: 5000 });
  });

  it('tries again when the disk refuses, without changing the order', async () => {
    const { log, records, clock, logger, closed } = setUp();
    records.refusal = new StorageError('unavailable', 'disk full');
    log.requested(opening);
    await clock.advanceAsync(20);
    expect(logger.lines.at(-1)).toMatchObject({ level: 'warn', fields: { count: 1 } });
    log.event(callId, 'ringing');
    log.ended(callId, closing);
    await clock.advanceAsync(200);
    expect(records.tries).toBe(1);
    records.refusal = null;
    await clock.advanceAsync(100);
    await log.flush();
    expect(records.written).toEqual(['open call-1', 'event call-1 ringing 5020', 'close call-1 answered']);
    expect(closed).toHaveLength(1);
    expect(clock.pendingTimers).toBe(0);
  });

  it('gives up after some tries with an error in the log, and goes on with the next call', async () => {
    const { log, records, clock, logger, closed } = setUp();
    records.refusal = new StorageError('unavailable', 'disk full');
    runWholeCall(log);
    await clock.advanceAsync(60_000);
    await log.flush();
    expect(logger.lines.at(-1)).toMatchObject({ level: 'error', fields: { count: 6 } });
    expect(records.tries).toBe(6 * 8);
    expect(closed).toEqual([]);
    records.refusal = null;
    log.requested(opening);
    await log.flush();
    expect(records.written).toEqual(['open call-1']);
  });

  it('does not try again what makes no sense', async () => {
    const { log, records, clock, logger } = setUp();
    records.refusal = new StorageError('conflict', 'Another call has this id.');
    log.requested(opening);
    await log.flush();
    expect(records.tries).toBe(1);
    expect(logger.lines.at(-1)?.level).toBe('error');
    expect(clock.pendingTimers).toBe(0);
  });

  it('closes without waiting out a pause', async () => {
    const { log, records, clock, logger } = setUp();
    records.refusal = new StorageError('unavailable', 'disk full');
    log.requested(opening);
    await clock.advanceAsync(0);
    expect(clock.pendingTimers).toBe(1);
    await Promise.all([log.close(), log.close()]);
    expect(records.tries).toBe(2);
    expect(clock.pendingTimers).toBe(0);
    expect(logger.lines.at(-1)?.level).toBe('error');
  });

  it('leaves out events, and neither openings nor closings, when too much waits', async () => {
    const { log, records, clock, logger } = setUp();
    records.refusal = new StorageError('unavailable', 'disk full');
    log.requested(opening);
    await clock.advanceAsync(0);
    for (let count = 0; count < 21_000; count += 1) log.event(callId, 'noise');
    log.ended(callId, closing);
    records.refusal = null;
    await clock.advanceAsync(300);
    await log.flush();
    expect(records.written).toHaveLength(20_001);
    expect(records.written.at(-1)).toBe('close call-1 answered');
    const lines = logger.lines.filter(({ message }) => message.includes('left out'));
    expect(lines).toMatchObject([{ level: 'error', fields: { dropped: 1001 } }]);
  });

  it('survives a listener that throws', async () => {
    const { log, records, closed } = setUp();
    log.prependListener('recordClosed', () => {
      throw new Error('listener broke');
    });
    runWholeCall(log);
    await log.flush();
    expect(records.written).toHaveLength(6);
    expect(closed).toEqual([]);
  });

  it('closes at the start what an earlier run left open, and only its own', async () => {
    const { log, activeCalls, logger } = setUp();
    const other = callServerIdSchema.parse('other');
    const unknown = { codec: null, answeredAtMs: null, transferredTo: null, mediaWay: null, price: null, mos: null };
    const entry = { ...opening, ...unknown, state: 'ringing', gatewayId } as const;
    await activeCalls.add({ ...entry, id: callIdSchema.parse('left') });
    await activeCalls.add({ ...entry, id: callIdSchema.parse('elsewhere'), callServerId: other });
    expect(await log.recover()).toEqual(['left']);
    expect((await activeCalls.list()).map(({ id }) => id)).toEqual(['elsewhere']);
    expect(logger.lines).toMatchObject([{ level: 'warn', fields: { count: 1 } }]);
  });

  it('tells of each call once that it was requested, answered and ended', async () => {
    const { log } = setUp();
    const mos = { fromBrowser: 4.1, toBrowser: null, fromGateway: null, toGateway: null };
    const told: unknown[] = [];
    log.on('requested', (news) => told.push(['requested', news]));
    log.on('answered', (news) => told.push(['answered', news]));
    log.on('ended', (news) => told.push(['ended', news]));
    log.requested(opening);
    log.progressed(callId, { gatewayId });
    log.progressed(callId, { answeredAtMs: 4000 });
    log.progressed(callId, { mos });
    log.progressed(callId, { answeredAtMs: 5000 });
    log.ended(callId, closing);
    log.ended(callId, closing);
    log.progressed(callId, { answeredAtMs: 6000 });
    expect(told).toEqual([
      ['requested', opening],
      ['answered', { opening, answeredAtMs: 4000, gatewayId, userId: opening.userId }],
      ['ended', { opening, closing, answeredAtMs: 5000, gatewayId, userId: opening.userId, mos }],
    ]);
    await log.close();
  });

  it('says that it keeps what happened once it is written and not before, and in any case when it is given up', async () => {
    const { log, records, clock } = setUp();
    const told: string[] = [];
    log.on('requestKept', ({ callId }) => told.push(`requested ${callId}`));
    log.on('answerKept', ({ answeredAtMs }) => told.push(`answered ${answeredAtMs}`));
    log.on('endKept', ({ closing: { outcome } }) => told.push(`ended ${outcome} after ${records.written.at(-1)}`));
    records.refusal = new StorageError('unavailable', 'the disk is full');
    log.requested(opening);
    log.progressed(callId, { answeredAtMs: 4000 });
    log.progressed(callId, { answeredAtMs: 5000 });
    log.ended(callId, closing);
    await clock.advanceAsync(100);
    expect(records.tries).toBeGreaterThan(0);
    expect(told).toEqual([]);
    records.refusal = null;
    await clock.advanceAsync(1000);
    const kept = ['requested call-1', 'answered 4000', 'ended answered after close call-1 answered'];
    expect(told).toEqual(kept);
    records.refusal = new StorageError('unknownCall', 'no such call');
    log.requested({ ...opening, callId: callIdSchema.parse('call-2') });
    await clock.advanceAsync(100);
    expect(told).toEqual([...kept, 'requested call-2']);
    await log.close();
  });

  it('keeps of a running call what it is charged by, in its record too, and how it sounds, which is none of the record’s', async () => {
    const { log, activeCalls, records } = setUp();
    const price = { microsPerMinute: 5, connectionFeeMicros: 0, firstMs: 60_000, incrementMs: 1000 };
    const mos = { fromBrowser: 4.1, toBrowser: null, fromGateway: null, toGateway: null };
    log.requested(opening);
    log.progressed(callId, { price });
    log.progressed(callId, { mos, deviceId: deviceIdSchema.parse('phone') });
    await log.flush();
    expect(await activeCalls.get(callId)).toMatchObject({ price, mos, deviceId: 'phone', brandId: 'default' });
    expect(records.written).toEqual(['open call-1', 'progress call-1 price', 'progress call-1 deviceId']);
  });

  it('says why records can’t be written, for as long as they can’t', async () => {
    const { log, records, clock } = setUp();
    expect(log.trouble).toBeNull();
    records.refusal = new StorageError('unavailable', 'the disk is full');
    log.requested(opening);
    clock.advance(20);
    await vi.waitFor(() => expect(log.trouble).toBe('the disk is full'));
    records.refusal = null;
    await log.close();
    expect(log.trouble).toBeNull();
    expect(records.written).toEqual(['open call-1']);
  });

  it('has no trouble with a write that makes no sense', async () => {
    const { log, records } = setUp();
    records.refusal = new StorageError('unknownCall', 'no such call');
    log.requested(opening);
    await log.flush();
    expect(log.trouble).toBeNull();
    await log.close();
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import type { CallId, CallServerId } from '../../../../shared/domain/index.ts';
import { claim, DirectorBench } from '../testing/DirectorBench.ts';

const dayMs = 86_400_000;

describe('a budget of the day', () => {
  let bench: DirectorBench;
  let startMs: number;

  beforeEach(async () => {
    bench = await DirectorBench.create();
    startMs = bench.clock.now();
  });

  const endedAfterMs = (callId: CallId) => (bench.closingOf(callId)?.endedAtMs ?? Number.NaN) - startMs;
  const limitOf = (callId: CallId) => bench.director.handler(bench.client, callId).status.limit;

  it('ends the call that uses up the minutes at that very millisecond, and refuses the next until midnight', async () => {
    bench.limit({ talkMsPerDay: 90_000 });
    const callId = await bench.talk();
    await bench.clock.advanceAsync(29_999);
    expect(limitOf(callId)).toBeNull();
    await bench.clock.advanceAsync(1);
    expect(limitOf(callId)).toMatchObject({ endsAt: startMs + 90_000, error: { code: 'dailyMinutesReached' } });
    await bench.clock.advanceAsync(59_999);
    expect(bench.director.activeCalls).toBe(1);
    await bench.clock.advanceAsync(1);
    expect(bench.sip.last.commands).toEqual(['bye']);
    expect(bench.closingOf(callId)).toMatchObject({
      outcome: 'answered',
      disconnectedBy: 'bridge',
      errorCode: 'dailyMinutesReached',
      endedAtMs: startMs + 90_000,
    });
    expect(bench.statuses.at(-1)?.end).toMatchObject({
      outcome: 'answered',
      error: { code: 'dailyMinutesReached', retryAfterMs: dayMs - 90_000 },
    });
    expect(await bench.use()).toMatchObject({ talkMs: 90_000 });
    await expect(bench.dial()).rejects.toMatchObject({
      code: 'dailyMinutesReached',
      retryAfterMs: dayMs - 90_000,
    });
    expect(bench.eventsOf('refused')).toMatchObject([{ limit: 'talkMsPerDay', used: 90_000, allowed: 90_000 }]);
    await bench.clock.advanceAsync(dayMs - 90_001);
    await expect(bench.dial()).rejects.toMatchObject({ code: 'dailyMinutesReached', retryAfterMs: 1 });
    await bench.clock.advanceAsync(1);
    bench.limit({ talkMsPerDay: 90_000 });
    await bench.dial();
  });

  it('lets the last millisecond of the minutes be talked, and not one more', async () => {
    bench.limit({ talkMsPerDay: 1000 });
    const first = await bench.talk();
    await bench.clock.advanceAsync(999);
    bench.director.hangUp(bench.client, first);
    await bench.settle();
    const second = await bench.talk();
    await bench.clock.advanceAsync(1);
    expect(bench.closingOf(second)).toMatchObject({ errorCode: 'dailyMinutesReached', endedAtMs: startMs + 1000 });
    await expect(bench.dial()).rejects.toMatchObject({ code: 'dailyMinutesReached' });
  });

  it('is used up by calls at the same time so much sooner, to the millisecond', async () => {
    bench.limit({ talkMsPerDay: 300_000 });
    const first = await bench.talk();
    await bench.clock.advanceAsync(100_000);
    const second = await bench.talk();
    await bench.clock.advanceAsync(99_999);
    expect(bench.director.activeCalls).toBe(2);
    await bench.clock.advanceAsync(1);
    expect([endedAfterMs(first), endedAfterMs(second)]).toEqual([200_000, 200_000]);
    expect(await bench.use()).toMatchObject({ talkMs: 300_000, callsAtOnce: 0 });
  });

  it('is shared to the last millisecond among three calls', async () => {
    bench.limit({ talkMsPerDay: 10_000 });
    for (let count = 0; count < 3; count += 1) await bench.talk();
    await bench.clock.advanceAsync(3334);
    expect(bench.director.activeCalls).toBe(0);
    expect(await bench.use()).toMatchObject({ talkMs: 10_000 });
  });

  it('takes the warning back from a call when another that used it too has ended', async () => {
    bench.limit({ talkMsPerDay: 200_000 });
    const first = await bench.talk();
    const second = await bench.talk();
    await bench.clock.advanceAsync(40_000);
    expect(limitOf(first)).toMatchObject({ endsAt: startMs + 100_000 });
    expect(limitOf(second)).toMatchObject({ endsAt: startMs + 100_000 });
    bench.director.hangUp(bench.client, second);
    await bench.settle();
    expect(limitOf(first)).toBeNull();
    await bench.clock.advanceAsync(120_000);
    expect(endedAfterMs(first)).toBe(160_000);
    expect(bench.events.filter(({ callId }) => callId === first).map(({ type }) => type)).toEqual(
      expect.arrayContaining(['limitWarned', 'limitWarningWithdrawn', 'limitReached']),
    );
  });

  it('is used up together with calls of another call server', async () => {
    const { usage, clock } = bench;
    const other = await DirectorBench.create({ usage, clock, id: 's2' as CallServerId });
    bench.limit({ talkMsPerDay: 90_000 });
    other.authorization = bench.authorization;
    const here = await bench.talk();
    const there = 'call-there' as CallId;
    await other.dial(there);
    await other.settle();
    other.sip.last.emit('progress', { status: 180, reason: '', sdp: null });
    await clock.advanceAsync(20_000);
    other.sip.last.emit('answered', { sdp: 'sdp' });
    other.sessions[0]?.emit('browserConnected');
    await clock.advanceAsync(34_999);
    expect([bench, other].map(({ director }) => director.activeCalls)).toEqual([1, 1]);
    await clock.advanceAsync(1);
    expect(endedAfterMs(here)).toBe(55_000);
    expect(other.closingOf(there)).toMatchObject({ endedAtMs: startMs + 55_000, errorCode: 'dailyMinutesReached' });
  });

  it('ends a call when it can’t pay the next interval any more', async () => {
    bench.limit({ costMicrosPerDay: 250_000 });
    bench.authorization = {
      ...bench.authorization,
      price: { connectionFeeMicros: 50_000, microsPerMinute: 60_000, firstMs: 60_000, incrementMs: 60_000 },
    };
    const callId = await bench.talk();
    // 0.05 at the answer and 0.06 a minute: the fourth minute would make 0.29.
    await bench.clock.advanceAsync(179_999);
    expect(limitOf(callId)).toMatchObject({ error: { code: 'dailyCostReached' } });
    await bench.clock.advanceAsync(1);
    expect(bench.closingOf(callId)).toMatchObject({ errorCode: 'dailyCostReached', endedAtMs: startMs + 180_000 });
    expect(await bench.use()).toMatchObject({ costMicros: 230_000 });
    await expect(bench.dial()).rejects.toMatchObject({ code: 'dailyCostReached' });
  });

  it('begins anew at midnight, also for a call that goes on', async () => {
    bench.limit({ talkMsPerDay: 60_000 });
    await bench.clock.advanceAsync(dayMs - 30_000);
    const callId = await bench.talk();
    expect(limitOf(callId)).toBeNull();
    await bench.clock.advanceAsync(89_999);
    expect(bench.director.activeCalls).toBe(1);
    await bench.clock.advanceAsync(1);
    expect(endedAfterMs(callId)).toBe(dayMs + 60_000);
  });

  it('counts nothing of a call that is never answered', async () => {
    bench.limit({ talkMsPerDay: 60_000 });
    await bench.dial();
    await bench.settle();
    bench.sip.last.emit('progress', { status: 180, reason: '', sdp: null });
    bench.sessions[0]?.emit('browserConnected');
    await bench.clock.advanceAsync(60_000);
    expect(bench.closings).toMatchObject([{ outcome: 'noAnswer' }]);
    expect(await bench.use()).toMatchObject({ talkMs: 0 });
  });

  it('goes by the last plan while the store is away, and by a new one when it is back', async () => {
    bench.limit({ talkMsPerDay: 60_000 });
    const first = await bench.talk();
    bench.usage.isDown = true;
    await bench.clock.advanceAsync(60_000);
    expect(endedAfterMs(first)).toBe(60_000);
    bench.usage.isDown = false;
    await bench.clock.advanceAsync(1000);
    expect(await bench.use()).toMatchObject({ talkMs: 60_000, callsAtOnce: 0 });
    expect(bench.clock.pendingTimers).toBe(0);
  });

  it('plans a call whose answer the store could not take at first', async () => {
    bench.limit({ talkMsPerDay: 60_000 });
    await bench.dial();
    await bench.settle();
    bench.usage.isDown = true;
    bench.sip.last.emit('answered', { sdp: 'sdp' });
    bench.sessions[0]?.emit('browserConnected');
    await bench.clock.advanceAsync(10_000);
    bench.usage.isDown = false;
    await bench.clock.advanceAsync(49_999);
    expect(bench.director.activeCalls).toBe(1);
    await bench.clock.advanceAsync(1);
    expect(bench.closings).toMatchObject([{ errorCode: 'dailyMinutesReached', endedAtMs: startMs + 60_000 }]);
  });

  it('stores the end of a call that the store was away for when the limits are closed', async () => {
    bench.limit({ callsAtOnce: 1 });
    const callId = await bench.talk();
    bench.usage.isDown = true;
    bench.director.hangUp(bench.client, callId);
    await bench.settle();
    bench.usage.isDown = false;
    await bench.limits.close();
    expect(await bench.use()).toMatchObject({ callsAtOnce: 0 });
    expect(bench.clock.pendingTimers).toBe(0);
  });

  it('leaves no timer and no listener behind when the limits are closed while a call is up', async () => {
    bench.authorization = { ...bench.authorization, claims: [claim(bench.clock, { talkMsPerDay: dayMs })] };
    await bench.talk();
    const planned = bench.clock.pendingTimers;
    bench.usage.isDown = true;
    await bench.limits.close();
    expect(bench.clock.pendingTimers).toBe(planned - 1);
  });
});

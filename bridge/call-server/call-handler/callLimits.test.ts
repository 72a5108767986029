import { beforeEach, describe, expect, it } from 'vitest';
import { HandlerBench } from './testing/HandlerBench.ts';

describe('a call that a limit ends', () => {
  let bench: HandlerBench;

  beforeEach(() => {
    bench = new HandlerBench();
  });

  it('ends a call at its maximum duration with the reason, not a millisecond before', async () => {
    await bench.establish();
    await bench.clock.advanceAsync(3_599_999);
    expect(bench.handler.status.state).toBe('established');
    await bench.clock.advanceAsync(1);
    expect(bench.sip.last.commands).toEqual(['bye']);
    expect(bench.closings[0]).toMatchObject({
      outcome: 'answered',
      disconnectedBy: 'bridge',
      errorCode: 'maxDurationReached',
      endedAtMs: bench.startMs + 3_600_000,
    });
    expect(bench.handler.status.end).toMatchObject({ outcome: 'answered', by: 'bridge', error: { canRetry: true } });
    bench.expectAllFreed();
  });

  it.each([
    [{ maxDurationMs: 5000 }, 3_600_000, 5000],
    [{ maxDurationMs: 5000 }, 4000, 4000],
    [{ maxDurationMs: null }, 4000, 4000],
  ])('lets the smaller of the call’s own and the common maximum count: %o, %i', async (own, common, endsAfterMs) => {
    bench = new HandlerBench({ request: own, options: { maxDurationMs: common } });
    await bench.establish();
    await bench.clock.advanceAsync(endsAfterMs - 1);
    expect(bench.handler.status.state).toBe('established');
    await bench.clock.advanceAsync(1);
    expect(bench.handler.status.end?.error?.code).toBe('maxDurationReached');
  });

  it('warns the person of the coming end, once, and keeps that in the record', async () => {
    bench = new HandlerBench({ request: { maxDurationMs: 10_000 } });
    await bench.establish();
    await bench.clock.advanceAsync(4999);
    expect(bench.handler.status.limit).toBeNull();
    await bench.clock.advanceAsync(1);
    expect(bench.handler.status.limit).toMatchObject({
      endsAt: bench.startMs + 10_000,
      error: { code: 'maxDurationReached' },
    });
    await bench.clock.advanceAsync(5000);
    expect(bench.handler.status).toMatchObject({ state: 'ended', limit: null });
    expect(bench.events.filter(({ type }) => type.startsWith('limit'))).toEqual([
      { type: 'limitWarned', code: 'maxDurationReached', endsAtMs: bench.startMs + 10_000 },
      { type: 'limitReached', code: 'maxDurationReached' },
    ]);
  });

  it('ends a call when the budget of the day is used up, and says when there is one again', async () => {
    await bench.establish();
    bench.handler.setBudget({
      endsAtMs: bench.startMs + 5000,
      errorCode: 'dailyMinutesReached',
      retryAtMs: bench.startMs + 65_000,
    });
    expect(bench.handler.status.limit).toMatchObject({
      endsAt: bench.startMs + 5000,
      error: { code: 'dailyMinutesReached' },
    });
    await bench.clock.advanceAsync(4999);
    expect(bench.handler.status.state).toBe('established');
    await bench.clock.advanceAsync(1);
    expect(bench.sip.last.commands).toEqual(['bye']);
    expect(bench.handler.status.end?.error).toMatchObject({ code: 'dailyMinutesReached', retryAfterMs: 60_000 });
    expect(bench.closings[0]).toMatchObject({ outcome: 'answered', errorCode: 'dailyMinutesReached' });
    bench.expectAllFreed();
  });

  it('takes the warning back when the budget frees again', async () => {
    await bench.establish();
    bench.handler.setBudget({ endsAtMs: bench.startMs + 5000, errorCode: 'dailyCostReached', retryAtMs: null });
    bench.handler.setBudget({ endsAtMs: bench.startMs + 6000, errorCode: 'dailyCostReached', retryAtMs: null });
    expect(bench.handler.status.limit).toMatchObject({ endsAt: bench.startMs + 6000 });
    bench.handler.setBudget(null);
    expect(bench.handler.status.limit).toBeNull();
    await bench.clock.advanceAsync(10_000);
    expect(bench.handler.status.state).toBe('established');
    expect(bench.events.map(({ type }) => type).filter((type) => type.startsWith('limit'))).toEqual([
      'limitWarned',
      'limitWarningWithdrawn',
    ]);
  });

  it('ends a call whose budget was used up before it was answered at once, and not before its answer', async () => {
    await bench.establish();
    bench.handler.setBudget({ endsAtMs: bench.startMs - 1000, errorCode: 'dailyMinutesReached', retryAtMs: null });
    await bench.settle();
    expect(bench.times).toEqual(['answered 0', 'ended 0']);
    bench.expectAllFreed();
  });

  it('takes the time of the limit for the end, however late its timer ran', async () => {
    await bench.establish();
    await bench.clock.advanceAsync(1000);
    bench.handler.setBudget({ endsAtMs: bench.startMs + 997, errorCode: 'dailyCostReached', retryAtMs: null });
    await bench.settle();
    expect(bench.times).toEqual(['answered 0', 'ended 997']);
    expect(bench.closings[0]?.endedAtMs).toBe(bench.startMs + 997);
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../observability/FakeClock.ts';
import { type BudgetEnd, CallDeadline } from './CallDeadline.ts';

describe('CallDeadline', () => {
  let clock: FakeClock;
  let startMs: number;
  /** What was emitted: the event, its reason, and when (both in milliseconds after the answer). */
  let said: string[];
  let deadline: CallDeadline;

  function create(maxDurationMs: number): void {
    deadline = new CallDeadline({ clock }, { maxDurationMs });
    const passedMs = () => clock.now() - startMs;
    deadline.on('warned', ({ errorCode, endsAtMs }) => {
      said.push(`${passedMs()}: warned of ${errorCode} at ${endsAtMs - startMs}`);
    });
    deadline.on('withdrawn', () => said.push(`${passedMs()}: withdrawn`));
    deadline.on('reached', ({ errorCode }) => said.push(`${passedMs()}: ${errorCode}`));
  }

  const budget = (afterMs: number, errorCode: BudgetEnd['errorCode'] = 'dailyMinutesReached'): BudgetEnd => ({
    endsAtMs: startMs + afterMs,
    errorCode,
    retryAtMs: null,
  });

  beforeEach(() => {
    clock = new FakeClock();
    startMs = clock.now();
    said = [];
  });

  it.each([
    [3_600_000, 3_540_000],
    [120_001, 60_001],
    [120_000, 60_000],
    [119_999, 60_000],
    [90_000, 45_000],
    [5000, 2500],
    [5001, 2501],
    [1, 1],
  ])('ends a call of at most %i ms at that very millisecond, and warns after %i ms', (maxDurationMs, warnedAtMs) => {
    create(maxDurationMs);
    deadline.start(startMs);
    clock.advance(maxDurationMs - 1);
    expect(said.filter((line) => !line.includes('warned'))).toEqual([]);
    clock.advance(1);
    const warning = `${warnedAtMs}: warned of maxDurationReached at ${maxDurationMs}`;
    expect(said).toEqual([...(warnedAtMs < maxDurationMs ? [warning] : []), `${maxDurationMs}: maxDurationReached`]);
    expect(clock.pendingTimers).toBe(0);
  });

  it('counts nothing before the answer', () => {
    create(5000);
    deadline.setBudget(budget(1000));
    clock.advance(60_000);
    expect(said).toEqual([]);
    expect(clock.pendingTimers).toBe(0);
  });

  it('warns a minute before the budget is used up, and ends the call when it is', () => {
    create(3_600_000);
    deadline.start(startMs);
    deadline.setBudget(budget(100_000));
    clock.advance(100_000);
    expect(said).toEqual(['40000: warned of dailyMinutesReached at 100000', '100000: dailyMinutesReached']);
  });

  it('warns at once where less than a minute is left', () => {
    create(3_600_000);
    deadline.start(startMs);
    deadline.setBudget(budget(60_000));
    expect(said).toEqual(['0: warned of dailyMinutesReached at 60000']);
  });

  it('ends a call at once whose budget is used up already', () => {
    create(3_600_000);
    deadline.start(startMs);
    deadline.setBudget(budget(0, 'dailyCostReached'));
    expect(said).toEqual(['0: dailyCostReached']);
    expect(clock.pendingTimers).toBe(0);
  });

  it('lets the nearer of two ends count, and of two at the same time that of the call itself', () => {
    create(10_000);
    deadline.start(startMs);
    deadline.setBudget(budget(10_000));
    deadline.setBudget(budget(10_001));
    expect(said).toEqual([]);
    deadline.setBudget(budget(9999));
    expect(said).toEqual(['0: warned of dailyMinutesReached at 9999']);
    deadline.setBudget(budget(20_000));
    clock.advance(10_000);
    expect(said.slice(1)).toEqual([
      '0: withdrawn',
      '5000: warned of maxDurationReached at 10000',
      '10000: maxDurationReached',
    ]);
  });

  it('takes the warning back when the budget grows, and warns again when it shrinks', () => {
    create(3_600_000);
    deadline.start(startMs);
    deadline.setBudget(budget(30_000));
    clock.advance(10_000);
    deadline.setBudget(null);
    clock.advance(100_000);
    deadline.setBudget(budget(130_000));
    deadline.setBudget(budget(131_000));
    deadline.setBudget(budget(131_000));
    clock.advance(21_000);
    expect(said).toEqual([
      '0: warned of dailyMinutesReached at 30000',
      '10000: withdrawn',
      '110000: warned of dailyMinutesReached at 130000',
      '110000: warned of dailyMinutesReached at 131000',
      '131000: dailyMinutesReached',
    ]);
  });

  it('says nothing any more once it is closed', () => {
    create(5000);
    deadline.start(startMs);
    deadline.close();
    deadline.close();
    deadline.setBudget(budget(0));
    clock.advance(10_000);
    expect(said).toEqual([]);
    expect(clock.pendingTimers).toBe(0);
  });

  it('looks again where a timer ran a moment early, as those of the runtime may', () => {
    create(5000);
    const timers: (() => void)[] = [];
    const now = { ms: startMs };
    deadline = new CallDeadline(
      {
        clock: {
          now: () => now.ms,
          setTimeout: (callback) => {
            timers.push(callback);
            return { unref: () => undefined };
          },
          clearTimeout: () => undefined,
        },
      },
      { maxDurationMs: 2 },
    );
    deadline.on('reached', () => said.push(`reached at ${now.ms - startMs}`));
    deadline.start(startMs);
    now.ms = startMs + 1;
    timers.shift()?.();
    timers.shift()?.();
    expect(said).toEqual([]);
    now.ms = startMs + 2;
    timers.shift()?.();
    expect(said).toEqual(['reached at 2']);
  });

  it('never asks for a timer that the runtime can’t hold', () => {
    const delays: number[] = [];
    create(Number.MAX_SAFE_INTEGER);
    const setTimeout = clock.setTimeout.bind(clock);
    clock.setTimeout = (callback, delayMs) => {
      delays.push(delayMs);
      return setTimeout(callback, delayMs);
    };
    deadline.start(startMs);
    clock.advance(2 ** 31);
    expect(delays).toEqual([2 ** 31 - 1, 2 ** 31 - 1]);
    expect(said).toEqual([]);
  });
});

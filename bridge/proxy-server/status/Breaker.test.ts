import { describe, expect, it } from 'vitest';
import { usualBreaker as options } from '../testing/ProxyBench.ts';
import { type Breaker, breakerAfter, breakerAt, closedBreaker, shareOf } from './Breaker.ts';

const well = { isFailure: false } as const;
const failed = { isFailure: true, problem: 'answered 500' } as const;
type Attempt = 'well' | 'failed';

/** After these attempts, each `everyMs` after the one before. */
function breakerFrom(from: Breaker, attempts: readonly Attempt[], { nowMs = 1_000_000, everyMs = 0 } = {}): Breaker {
  return attempts.reduce(
    (breaker, attempt, index) =>
      breakerAfter(breaker, attempt === 'well' ? well : failed, { options, nowMs: nowMs + index * everyMs }),
    from,
  );
}

const times = (count: number, attempt: Attempt): Attempt[] => Array.from({ length: count }, () => attempt);
const open = (untilMs: number, relapses = 0): Breaker => ({ kind: 'open', untilMs, relapses, problem: 'bad' });
const returning = (step: number, good = 0, relapses = 0): Breaker => ({ kind: 'returning', step, good, relapses });

describe('Breaker', () => {
  it('opens at the sixth attempt when half of them failed, and not at the fifth', () => {
    const mixed: Attempt[] = ['failed', 'well', 'failed', 'well', 'failed'];
    expect(breakerFrom(closedBreaker, mixed).kind).toBe('closed');
    expect(breakerFrom(closedBreaker, times(5, 'failed')).kind).toBe('closed');
    expect(breakerFrom(closedBreaker, times(6, 'failed'))).toMatchObject({
      kind: 'open',
      untilMs: 1_030_000,
      relapses: 0,
    });
    expect(breakerFrom(closedBreaker, ['well', 'well', 'well', 'failed', 'failed', 'failed']).kind).toBe('open');
  });

  it('stays closed one failure below half, and does not open by a call that went well', () => {
    expect(breakerFrom(closedBreaker, ['well', 'well', 'well', 'well', 'failed', 'failed', 'failed']).kind).toBe(
      'closed',
    );
    expect(breakerFrom(closedBreaker, ['failed', 'failed', 'failed', 'well', 'well', 'well']).kind).toBe('closed');
  });

  it('says what failed', () => {
    expect(breakerFrom(closedBreaker, times(6, 'failed'))).toMatchObject({
      problem: '6 of its last 6 calls failed: answered 500',
    });
  });

  it('looks at the last twenty attempts alone', () => {
    const first = breakerFrom(closedBreaker, [...times(20, 'well'), ...times(9, 'failed')]);
    expect(first.kind).toBe('closed');
    expect(breakerAfter(first, failed, { options, nowMs: 1_000_000 }).kind).toBe('open');
  });

  it('forgets attempts that are five minutes old, to the millisecond', () => {
    const five = breakerFrom(closedBreaker, times(5, 'failed'), { nowMs: 0 });
    expect(breakerAfter(five, failed, { options, nowMs: 299_999 }).kind).toBe('open');
    expect(breakerAfter(five, failed, { options, nowMs: 300_000 }).kind).toBe('closed');
  });

  it('lets the gateway back when its time is over, and not a millisecond before', () => {
    expect(breakerAt(open(30_000), 29_999).kind).toBe('open');
    expect(breakerAt(open(30_000, 2), 30_000)).toEqual(returning(0, 0, 2));
  });

  it('changes nothing by attempts while it is open', () => {
    expect(breakerFrom(open(30_000), ['well', 'failed'], { nowMs: 29_999 })).toEqual(open(30_000));
  });

  it('raises the share after five attempts that went well, step by step until it is closed', () => {
    expect(breakerFrom(returning(0), times(4, 'well'))).toEqual(returning(0, 4));
    expect(breakerFrom(returning(0), times(5, 'well'))).toEqual(returning(1, 0));
    const shares = [0, 5, 10, 15, 20].map((count) =>
      shareOf(breakerFrom(returning(0), times(count, 'well')), options.shares),
    );
    expect(shares).toEqual([0.1, 0.25, 0.5, 1, 1]);
    expect(breakerFrom(returning(0), times(19, 'well'))).toEqual(returning(3, 4));
    expect(breakerFrom(returning(0), times(20, 'well'))).toEqual(closedBreaker);
  });

  it.each([0, 1, 2, 3])('opens again by one failure at share %i, for twice as long', (step) => {
    expect(breakerFrom(returning(step, 4), ['failed'])).toMatchObject({
      kind: 'open',
      untilMs: 1_060_000,
      relapses: 1,
    });
  });

  it('doubles its time out up to ten minutes, however often it relapses', () => {
    const outMs = [0, 1, 2, 3, 4, 5, 400].map((relapses) => {
      const breaker = breakerFrom(returning(0, 0, relapses - 1), ['failed'], { nowMs: 0 });
      return breaker.kind === 'open' ? breaker.untilMs : null;
    });
    expect(outMs).toEqual([30_000, 60_000, 120_000, 240_000, 480_000, 600_000, 600_000]);
  });

  it('begins with the first time out again once it was closed', () => {
    const closed = breakerFrom(returning(3, 4, 3), ['well']);
    expect(breakerFrom(closed, times(6, 'failed'), { nowMs: 0 })).toMatchObject({ kind: 'open', untilMs: 30_000 });
  });

  it('gives a gateway that is out no share', () => {
    expect(shareOf(open(1), options.shares)).toBe(0);
    expect(shareOf(closedBreaker, options.shares)).toBe(1);
  });
});

import { describe, expect, it } from 'vitest';
import { FakeClock } from '../observability/FakeClock.ts';
import { AttemptThrottle } from './AttemptThrottle.ts';

function throttle(clock: FakeClock, maxKeys?: number): AttemptThrottle {
  return new AttemptThrottle({
    clock,
    freeAttempts: 3,
    firstDelayMs: 1000,
    maxDelayMs: 5000,
    forgetAfterMs: 60_000,
    ...(maxKeys !== undefined && { maxKeys }),
  });
}

describe('AttemptThrottle', () => {
  it('doubles the wait after the free attempts, up to a bound', () => {
    const clock = new FakeClock();
    const attempts = throttle(clock);
    const waits: number[] = [];
    for (let turn = 0; turn < 8; turn += 1) {
      attempts.begin('alice');
      waits.push(attempts.retryAfterMs('alice'));
      clock.advance(attempts.retryAfterMs('alice'));
    }
    expect(waits).toEqual([0, 0, 0, 1000, 2000, 4000, 5000, 5000]);
    expect(attempts.retryAfterMs('bob')).toBe(0);
  });

  it('forgets after a quiet time, on success and by refund', () => {
    const clock = new FakeClock();
    const attempts = throttle(clock);
    for (let turn = 0; turn < 9; turn += 1) attempts.begin('alice');
    clock.advance(60_000);
    expect(attempts.retryAfterMs('alice')).toBe(0);
    attempts.begin('alice');
    expect(attempts.retryAfterMs('alice')).toBe(0);
    for (let turn = 0; turn < 9; turn += 1) attempts.begin('alice');
    attempts.clear('alice');
    expect(attempts.retryAfterMs('alice')).toBe(0);
    for (let turn = 0; turn < 100; turn += 1) {
      attempts.begin('place');
      attempts.refund('place');
    }
    expect(attempts.retryAfterMs('place')).toBe(0);
  });

  it('remembers a bounded number of keys', () => {
    const attempts = throttle(new FakeClock(), 10);
    for (let turn = 0; turn < 1000; turn += 1) attempts.begin(`address ${turn}`);
    expect(attempts.size).toBe(10);
  });
});

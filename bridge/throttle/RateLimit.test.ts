import { describe, expect, it } from 'vitest';
import { FakeClock } from '../observability/FakeClock.ts';
import { RateLimit } from './RateLimit.ts';

describe('RateLimit', () => {
  it('lets a burst through, then one each interval, for each key alone', () => {
    const clock = new FakeClock();
    const limit = new RateLimit({ clock, burst: 3, intervalMs: 1000 });
    const take = (times: number) => Array.from({ length: times }, () => limit.take('a'));
    expect(take(4)).toEqual([0, 0, 0, 1000]);
    expect(limit.take('b')).toBe(0);
    clock.advance(999);
    expect(limit.take('a')).toBe(1);
    clock.advance(1);
    expect(take(2)).toEqual([0, 1000]);
    clock.advance(60_000);
    expect(take(4)).toEqual([0, 0, 0, 1000]);
  });

  it('is not confused by a clock that is set back', () => {
    const clock = new FakeClock();
    const limit = new RateLimit({ clock, burst: 3, intervalMs: 100 });
    expect([1, 2, 3, 4].map(() => limit.take('a'))).toEqual([0, 0, 0, 100]);
    clock.advance(-10_000);
    expect(limit.take('a')).toBe(100);
    clock.advance(100);
    expect(limit.take('a')).toBe(0);
    expect(limit.take('a')).toBe(100);
  });

  it('does not make who asks too often wait ever longer', () => {
    const clock = new FakeClock();
    const limit = new RateLimit({ clock, burst: 1, intervalMs: 1000 });
    for (let turn = 0; turn < 100; turn += 1) limit.take('a');
    clock.advance(1000);
    expect(limit.take('a')).toBe(0);
  });

  it('remembers a bounded number of keys, those used last', () => {
    const limit = new RateLimit({ clock: new FakeClock(), burst: 1, intervalMs: 1000, maxKeys: 2 });
    for (const key of ['a', 'b', 'c']) limit.take(key);
    expect(['c', 'b', 'a'].map((key) => limit.take(key))).toEqual([1000, 1000, 0]);
  });
});

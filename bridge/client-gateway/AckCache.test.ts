import { describe, expect, it } from 'vitest';
import { FakeClock } from '../observability/FakeClock.ts';
import { AckCache } from './AckCache.ts';

describe('AckCache', () => {
  const request = (messageId: string) => ({ device: 'd', messageId, content: { messageId } });

  it('keeps a bounded number of acks per device and forgets all of them in time', async () => {
    const clock = new FakeClock();
    const cache = new AckCache({ clock, ttlMs: 1000, maxPerDevice: 10 });
    for (let turn = 0; turn < 100; turn += 1) await cache.run(request(`m${turn}`), async () => turn);
    expect(cache.size).toBe(10);
    expect(await cache.run(request('m99'), async () => -1)).toBe(99);
    expect(await cache.run(request('m0'), async () => -1)).toBe(-1);
    clock.advance(2000);
    expect(cache.size).toBe(0);
    expect(clock.pendingTimers).toBe(0);
  });

  it('never forgets a request that still runs, and refuses more than it can keep', async () => {
    const clock = new FakeClock();
    const cache = new AckCache({ clock, ttlMs: 1000, maxPerDevice: 2 });
    const never = new Promise<number>(() => undefined);
    void cache.run(request('a'), () => never);
    clock.advance(60_000);
    expect(cache.size).toBe(1);
    void cache.run(request('b'), () => never);
    expect(() => cache.run(request('c'), async () => 1)).toThrow(expect.objectContaining({ code: 'tooManyAttempts' }));
    cache.close();
    expect(clock.pendingTimers).toBe(0);
  });
});

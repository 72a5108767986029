import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it, vi } from 'vitest';
import { DialbridgeError } from '../../shared/errors/index.ts';
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

  it('tells a failure once more as it was, with its details', async () => {
    const cache = new AckCache({ clock: new FakeClock() });
    const options = { details: { number: '12' }, retryAfterMs: 7 };
    const fail = async () => {
      throw new DialbridgeError('notAPhoneNumber', options);
    };
    const never = async () => expect.unreachable();
    for (const work of [fail, never, never]) {
      await expect(cache.run(request('a'), work)).rejects.toMatchObject({ code: 'notAPhoneNumber', ...options });
    }
    await expect(cache.run(request('b'), () => Promise.reject(new TypeError('oops')))).rejects.toThrow('oops');
    await expect(cache.run(request('b'), never)).rejects.toMatchObject({ code: 'internal' });
    cache.close();
  });

  it('holds nothing of what failed: not the call that the error came from', async () => {
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc') as () => void;
    const cache = new AckCache({ clock: new FakeClock() });
    class Call {
      async hold() {
        throw new DialbridgeError('conflict');
      }
    }
    const failed = async () => {
      const call = new Call();
      await cache.run(request('a'), () => call.hold()).catch(() => undefined);
      return new WeakRef(call);
    };
    const left = await failed();
    await vi.waitFor(() => {
      collectGarbage();
      // Not as its argument: an assertion that fails would hold it.
      expect(left.deref() === undefined).toBe(true);
    });
    expect(cache.size).toBe(1);
    cache.close();
  });
});

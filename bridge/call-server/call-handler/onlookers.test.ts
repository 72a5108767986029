import { describe, expect, it } from 'vitest';
import type { DeviceId } from '../../../shared/domain/index.ts';
import { callClient } from '../testing/callClient.ts';
import type { WatchedCall } from './CallWatcher.ts';
import { FakeChannel, HandlerBench } from './testing/HandlerBench.ts';

const phone = callClient('alice', { deviceId: 'phone' as DeviceId });

describe('A call that moves to another device', () => {
  it('tells the one before all that it hasn’t been told, and from then on the new one alone', async () => {
    const bench = new HandlerBench();
    await bench.establish();
    const channel = new FakeChannel();
    bench.handler.setMuted(true);
    bench.handler.moveTo(phone, channel);
    bench.handler.setMuted(false);
    await bench.settle();
    expect(bench.channel.statuses.at(-1)).toMatchObject({ isMuted: true });
    expect(channel.statuses.map(({ isMuted }) => isMuted)).toEqual([false]);
    expect(bench.handler.client).toBe(phone);
    expect(bench.progress).toContainEqual({ deviceId: 'phone' });
    expect(bench.events).toContainEqual({ type: 'moved', from: 'd1', to: 'phone' });
  });

  it('goes on at the new one although the one before had gone, and past the window', async () => {
    const bench = new HandlerBench();
    await bench.establish();
    bench.handler.detach();
    await bench.clock.advanceAsync(29_999);
    bench.handler.moveTo(phone, new FakeChannel());
    await bench.clock.advanceAsync(60_000);
    expect(bench.handler.status.state).toBe('established');
  });

  it('is held for a new one that is not connected', async () => {
    const bench = new HandlerBench();
    await bench.establish();
    bench.handler.moveTo(phone, null);
    await bench.clock.advanceAsync(29_999);
    expect(bench.handler.status.state).toBe('established');
    await bench.clock.advanceAsync(1);
    expect(bench.closings[0]).toMatchObject({ errorCode: 'clientLost' });
  });

  it('moves no more once it has ended', async () => {
    const bench = new HandlerBench();
    await bench.establish();
    bench.handler.hangUp();
    expect(() => bench.handler.moveTo(phone, null)).toThrow('already ended');
  });
});

describe('Whoever looks on at calls', () => {
  it('sees each from its request, speaks with its device, ends it, and is let go before its audio', async () => {
    const seen: WatchedCall[] = [];
    const closed: boolean[] = [];
    const bench: HandlerBench = new HandlerBench({
      watchers: [
        (call) => {
          seen.push(call);
          return { close: () => closed.push(bench.media.isClosed) };
        },
      ],
    });
    await bench.establish();
    expect(seen).toHaveLength(1);
    expect(seen[0]?.media).toBe(bench.media);
    seen[0]?.notify('media:restart', { callId: bench.handler.status.callId });
    expect(bench.channel.others).toContain('media:restart {"callId":"call-1"}');
    seen[0]?.end('mediaLost');
    seen[0]?.end('internal');
    await bench.settle();
    expect(bench.closings).toMatchObject([{ errorCode: 'mediaLost' }]);
    expect(closed).toEqual([false]);
    bench.expectAllFreed();
  });
});

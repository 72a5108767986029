import { beforeEach, describe, expect, it } from 'vitest';
import { RecordingLogger } from '../../observability/RecordingLogger.ts';
import { SipRequestError } from '../../sip-stack/index.ts';
import type { WatchedCall } from '../call-handler/index.ts';
import { HandlerBench } from '../call-handler/testing/HandlerBench.ts';
import { MediaWatch } from './MediaWatch.ts';

const deadCallMs = 60_000;

describe('A call whose audio has stopped', () => {
  let bench: HandlerBench;

  beforeEach(async () => {
    let seen: WatchedCall | undefined;
    let watch: MediaWatch | undefined;
    bench = new HandlerBench({
      watchers: [
        (call) => {
          seen = call;
          return { close: () => watch?.close() };
        },
      ],
    });
    if (!seen) throw new Error('nobody looks on');
    watch = new MediaWatch({ clock: bench.clock, logger: new RecordingLogger() }, { deadCallMs }, seen);
    await bench.establish();
  });

  const stop = (from: 'browser' | 'gateway') => bench.media.emit('audioStopped', { from });
  const resume = (from: 'browser' | 'gateway') => bench.media.emit('audioResumed', { from });
  const state = () => bench.handler.status.state;
  const reinvites = () => bench.sip.last.commands.filter((command) => command.startsWith('reinvite')).length;

  it('from both sides is ended after the time for it, not a millisecond before, and its record says why', async () => {
    stop('browser');
    await bench.clock.advanceAsync(10_000);
    stop('gateway');
    await bench.clock.advanceAsync(deadCallMs - 1);
    expect(state()).toBe('established');
    await bench.clock.advanceAsync(1);
    expect(bench.closings).toMatchObject([{ outcome: 'answered', errorCode: 'mediaLost', disconnectedBy: 'bridge' }]);
    await bench.settle();
    bench.expectAllFreed();
  });

  it('goes on where either side comes again, and is waited for anew', async () => {
    for (const side of ['browser', 'gateway'] as const) {
      stop('browser');
      stop('gateway');
      await bench.clock.advanceAsync(deadCallMs - 1);
      resume(side);
      await bench.clock.advanceAsync(deadCallMs);
      resume(side === 'browser' ? 'gateway' : 'browser');
    }
    expect(state()).toBe('established');
    stop('browser');
    stop('gateway');
    await bench.clock.advanceAsync(deadCallMs);
    expect(state()).toBe('ended');
  });

  it('goes on for as long as it likes where only the browser is silent', async () => {
    stop('browser');
    await bench.clock.advanceAsync(10 * deadCallMs);
    expect(state()).toBe('established');
    expect(reinvites()).toBe(0);
  });

  it('is not ended while it is on hold, whoever holds it, and has its time from there', async () => {
    await bench.handler.inCall.hold.hold();
    stop('browser');
    stop('gateway');
    await bench.clock.advanceAsync(3 * deadCallMs);
    expect(state()).toBe('established');
    await bench.handler.inCall.resume();
    await bench.clock.advanceAsync(deadCallMs);
    expect(bench.closings).toMatchObject([{ errorCode: 'mediaLost' }]);
  });

  it('of the gateway alone makes us ask it, at once and each half minute, and goes on while it answers', async () => {
    stop('gateway');
    await bench.settle();
    expect(reinvites()).toBe(1);
    await bench.clock.advanceAsync(29_999);
    expect(reinvites()).toBe(1);
    await bench.clock.advanceAsync(1);
    expect(reinvites()).toBe(2);
    bench.sip.last.reinviteError = new SipRequestError({ status: 488, reason: 'Not Acceptable Here' });
    await bench.clock.advanceAsync(30_000);
    expect(reinvites()).toBe(3);
    resume('gateway');
    await bench.clock.advanceAsync(10 * deadCallMs);
    expect(reinvites()).toBe(3);
    expect(state()).toBe('established');
  });

  it.each([
    ['doesn’t know the call', 481],
    ['times out', 408],
    ['says nothing', null],
  ])('is ended as lost where its gateway %s', async (_, status) => {
    bench.sip.last.reinviteError = new SipRequestError({ status, reason: 'lost' });
    stop('gateway');
    await bench.settle();
    expect(bench.closings).toMatchObject([{ outcome: 'answered', errorCode: 'gatewayLost', disconnectedBy: 'bridge' }]);
    await bench.settle();
    bench.expectAllFreed();
  });

  it('is written down, as is that it came again', async () => {
    stop('gateway');
    resume('gateway');
    stop('browser');
    expect(bench.events.filter(({ type }) => type.startsWith('audio'))).toEqual([
      { type: 'audioStopped', from: 'gateway' },
      { type: 'audioResumed', from: 'gateway' },
      { type: 'audioStopped', from: 'browser' },
    ]);
  });

  it('leaves nothing behind when the call ends meanwhile', async () => {
    stop('browser');
    stop('gateway');
    bench.handler.hangUp();
    await bench.settle();
    bench.expectAllFreed();
    expect(bench.media.listenerCount('audioStopped')).toBe(0);
    expect(bench.media.listenerCount('audioResumed')).toBe(0);
  });
});

describe('The end of an answered call that its gateway lost', () => {
  it('is told as that, not as a hang-up', async () => {
    const bench = new HandlerBench();
    await bench.establish();
    bench.sip.last.emit('ended', { by: 'transport', status: 481, reason: 'Call Does Not Exist' });
    await bench.settle();
    expect(bench.closings).toMatchObject([{ outcome: 'answered', errorCode: 'gatewayLost', sipStatus: 481 }]);
  });
});

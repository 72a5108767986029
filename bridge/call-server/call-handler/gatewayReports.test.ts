import { describe, expect, it } from 'vitest';
import { HandlerBench } from './testing/HandlerBench.ts';

const two = [{ id: 'gw1' }, { id: 'gw2' }];

describe('what the proxy server is told of a gateway', () => {
  it('is each step of a call that went well, with its post-dial delay and its audio', async () => {
    const bench = new HandlerBench();
    bench.media.mos = 4.2;
    await bench.start();
    await bench.clock.advanceAsync(700);
    bench.sip.last.emit('progress', { status: 183, reason: '', sdp: null });
    bench.sip.last.emit('progress', { status: 180, reason: '', sdp: null });
    await bench.clock.advanceAsync(300);
    bench.sip.last.emit('answered', { sdp: 'sdp' });
    bench.media.emit('browserConnected');
    await bench.settle();
    expect(bench.proxyServer.placed).toEqual(['gw1']);
    bench.sip.last.emit('ended', { by: 'remote' });
    await bench.settle();
    const call = { gatewayId: 'gw1', callId: 'call-1' };
    expect(bench.proxyServer.reports).toEqual([
      { ...call, kind: 'tried' },
      { ...call, kind: 'progressed', postDialDelayMs: 700 },
      { ...call, kind: 'answered' },
      { ...call, kind: 'finished', mos: 4.2 },
    ]);
    bench.expectAllFreed();
  });

  it('has the post-dial delay of its own attempt', async () => {
    const bench = new HandlerBench({ gateways: two });
    await bench.start();
    await bench.clock.advanceAsync(1600);
    bench.sip.last.emit('answered', { sdp: 'sdp' });
    expect(bench.proxyServer.reports).toContainEqual(
      expect.objectContaining({ gatewayId: 'gw2', kind: 'progressed', postDialDelayMs: 100 }),
    );
  });

  it.each([404, 486, 600, 603])('is that it lives when it says %i of the called party', async (sipStatus) => {
    const bench = new HandlerBench();
    await bench.start();
    bench.sip.last.fail(sipStatus);
    await bench.settle();
    expect(bench.proxyServer.reports.at(-1)).toMatchObject({ kind: 'refused', sipStatus });
    bench.expectAllFreed();
  });

  it.each([
    ['503 with a time', { retryAfterMs: 5000 }, 503, 5000],
    ['503 without one', {}, 503, null],
    ['500 with a time, which says nothing of other calls', { retryAfterMs: 5000 }, 500, null],
  ])('is when it may be asked again after a %s', async (_, more, status, retryAfterMs) => {
    const bench = new HandlerBench({ gateways: two });
    await bench.start();
    bench.sip.last.fail(status, { reason: 'Sorry', ...more });
    expect(bench.proxyServer.reports.at(-1)).toEqual({
      ...{ gatewayId: 'gw1', callId: 'call-1', kind: 'failed' },
      problem: `answered a call with ${status} Sorry`,
      isSilent: false,
      retryAfterMs,
    });
  });

  it.each([
    ['says nothing', (bench: HandlerBench) => bench.clock.advanceAsync(1500), true],
    [
      'cannot be reached',
      ({ sip }: HandlerBench) => sip.last.emit('failed', { kind: 'transport', reason: 'refused' }),
      true,
    ],
    [
      'said 100 and then nothing',
      ({ sip, clock }: HandlerBench) => sip.last.emit('trying') && clock.advanceAsync(20_000),
      false,
    ],
  ])('is that it failed when it %s', async (_, blow, isSilent) => {
    const bench = new HandlerBench();
    await bench.start();
    await blow(bench);
    expect(bench.proxyServer.reports.at(-1)).toMatchObject({ kind: 'failed', isSilent, retryAfterMs: null });
  });

  it('is nothing when the caller hangs up before an answer', async () => {
    const bench = new HandlerBench();
    await bench.ring();
    bench.handler.hangUp();
    await bench.settle();
    expect(bench.proxyServer.told).toEqual(['gw1 tried', 'gw1 progressed']);
    bench.expectAllFreed();
  });

  it('is the end of a call also when the gateway never confirms it', async () => {
    const bench = new HandlerBench();
    bench.media.mos = 3.9;
    await bench.establish();
    bench.sip.last.isSilent = true;
    bench.handler.hangUp();
    await bench.clock.advanceAsync(2000);
    expect(bench.proxyServer.reports.at(-1)).toMatchObject({ kind: 'finished', mos: 3.9 });
    bench.expectAllFreed();
  });

  it('leaves open how the audio was where nobody can say', async () => {
    const bench = new HandlerBench();
    await bench.establish();
    bench.media.stats = async () => {
      throw new Error('the worker is gone');
    };
    bench.sip.last.emit('ended', { by: 'remote' });
    await bench.settle();
    expect(bench.proxyServer.reports.at(-1)).toMatchObject({ kind: 'finished', mos: null });
    bench.expectAllFreed();
  });
});

describe('a place at a gateway', () => {
  it.each(['full', 'tooFast'] as const)('is sought at the next one where the first is %s', async (why) => {
    const bench = new HandlerBench({ gateways: two });
    bench.proxyServer.obstacles.set('gw1', why);
    await bench.start();
    expect(bench.sip.tried).toEqual(['gw2 127.0.0.1']);
    expect(bench.events).toContainEqual({ type: 'gatewaySkipped', gatewayId: 'gw1', why });
    expect(bench.proxyServer.told).toEqual(['gw2 tried']);
    expect(bench.proxyServer.placed).toEqual(['gw2']);
  });

  it('can be had nowhere: all lines are busy', async () => {
    const bench = new HandlerBench({ gateways: two });
    bench.proxyServer.obstacles.set('gw1', 'full').set('gw2', 'tooFast');
    await bench.start();
    expect(bench.sip.calls).toEqual([]);
    expect(bench.handler.status.end).toMatchObject({
      ...{ outcome: 'unreachable', by: 'bridge' },
      error: { code: 'allLinesBusy' },
    });
    expect(bench.handler.status.end?.error?.message).toContain('+12025550100');
    bench.expectAllFreed();
  });

  it('is no matter when another gateway failed: that is said', async () => {
    const bench = new HandlerBench({ gateways: two });
    bench.proxyServer.obstacles.set('gw2', 'full');
    await bench.start();
    bench.sip.last.fail(503);
    await bench.settle();
    expect(bench.handler.status.end).toMatchObject({ sipStatus: 503, error: { code: 'gatewayUnreachable' } });
    bench.expectAllFreed();
  });

  it('is given back when the call goes on to the next gateway', async () => {
    const bench = new HandlerBench({ gateways: two });
    await bench.start();
    expect(bench.proxyServer.placed).toEqual(['gw1']);
    bench.sip.last.fail(503);
    await bench.settle();
    expect(bench.proxyServer.placed).toEqual(['gw2']);
  });

  it('is not needed where nobody can say whether there is one', async () => {
    const bench = new HandlerBench();
    bench.proxyServer.obstacles.set('gw1', new Error('the store is gone'));
    await bench.start();
    expect(bench.sip.tried).toEqual(['gw1 127.0.0.1']);
    bench.handler.hangUp();
    await bench.settle();
    expect(bench.isClosed).toBe(true);
  });
});

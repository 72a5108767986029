import { describe, expect, it } from 'vitest';
import { HandlerBench } from './testing/HandlerBench.ts';

const two = [{ id: 'gw1' }, { id: 'gw2' }];

describe('how long a gateway may take', () => {
  it.each([
    ['1.5 s to say anything', {}, 1500],
    ['its own time', { timeouts: { firstResponseMs: 400 } }, 400],
  ])('is %s', async (_, entry, ms) => {
    const bench = new HandlerBench({ gateways: [{ id: 'gw1', ...entry }, { id: 'gw2' }] });
    await bench.start();
    await bench.clock.advanceAsync(ms - 1);
    expect(bench.sip.calls).toHaveLength(1);
    await bench.clock.advanceAsync(1);
    expect(bench.sip.calls[0]?.commands).toEqual(['cancel']);
    expect(bench.sip.calls).toHaveLength(2);
  });

  it.each([
    ['20 s to ring once it said 100', {}, 20_000],
    ['its own time for that', { timeouts: { progressMs: 3000 } }, 3000],
  ])('is %s', async (_, entry, ms) => {
    const bench = new HandlerBench({ gateways: [{ id: 'gw1', ...entry }, { id: 'gw2' }] });
    await bench.start();
    bench.sip.last.emit('trying');
    await bench.clock.advanceAsync(ms - 1);
    expect(bench.sip.calls).toHaveLength(1);
    await bench.clock.advanceAsync(1);
    expect(bench.sip.calls).toHaveLength(2);
    expect(bench.events).toContainEqual({ type: 'gatewayFailed', gatewayId: 'gw1', kind: 'stalled', isLast: false });
  });

  it('is not bounded by those once it rings, also when a 100 comes late', async () => {
    const bench = new HandlerBench({ gateways: two });
    await bench.ring();
    bench.media.emit('browserConnected');
    bench.sip.last.emit('trying');
    await bench.clock.advanceAsync(59_999);
    expect(bench.handler.status.state).toBe('ringing');
  });

  it.each([
    ['60 s to ring', {}, 60_000],
    ['its own time to ring', { timeouts: { ringMs: 12_000 } }, 12_000],
  ])('is %s', async (_, entry, ms) => {
    const bench = new HandlerBench({ gateways: [{ id: 'gw1', ...entry }, { id: 'gw2' }] });
    await bench.ring();
    bench.media.emit('browserConnected');
    await bench.clock.advanceAsync(ms - 1);
    expect(bench.handler.status.state).toBe('ringing');
    await bench.clock.advanceAsync(1);
    expect(bench.handler.status.end).toEqual({ outcome: 'noAnswer', by: 'bridge', q850: 19 });
    expect(bench.sip.calls).toHaveLength(1);
    bench.expectAllFreed();
  });

  it('counts ringing from the first gateway that rang', async () => {
    const bench = new HandlerBench({ gateways: two });
    await bench.ring();
    bench.media.emit('browserConnected');
    await bench.clock.advanceAsync(50_000);
    bench.sip.last.fail(503);
    await bench.settle();
    await bench.clock.advanceAsync(1000);
    bench.sip.last.emit('progress', { status: 180, reason: '', sdp: null });
    await bench.clock.advanceAsync(8999);
    expect(bench.handler.status.state).toBe('ringing');
    await bench.clock.advanceAsync(1);
    expect(bench.handler.status.end).toEqual({ outcome: 'noAnswer', by: 'bridge', q850: 19 });
  });
});

describe('a gateway that was given up', () => {
  it('changes nothing by what it says later', async () => {
    const bench = new HandlerBench({ gateways: two });
    await bench.start();
    const [silent] = bench.sip.calls;
    if (silent) silent.isSilent = true;
    await bench.clock.advanceAsync(1500);
    silent?.emit('progress', { status: 183, reason: '', sdp: 'late' });
    silent?.emit('answered', { sdp: 'late' });
    silent?.emit('ended', { by: 'remote' });
    await bench.settle();
    expect(bench.handler.status).toMatchObject({ state: 'dialing', hasEarlyMedia: false });
    expect(bench.media.asked).not.toContain('gateway answer late');
    expect(bench.proxyServer.told).toEqual(['gw1 tried', 'gw1 failed', 'gw2 tried']);
  });

  it('has its audio applied before the next one is offered any, so that it is not heard then', async () => {
    const bench = new HandlerBench({ gateways: two });
    await bench.start();
    const applied = Promise.withResolvers<void>();
    bench.media.answerDelay = applied.promise;
    bench.sip.last.emit('progress', { status: 183, reason: '', sdp: 'early' });
    await bench.settle();
    bench.sip.last.fail(503);
    await bench.settle();
    expect(bench.sip.calls).toHaveLength(1);
    applied.resolve();
    await bench.settle();
    expect(bench.sip.calls).toHaveLength(2);
    expect(bench.handler.status).toMatchObject({ state: 'dialing', hasEarlyMedia: false });
  });
});

describe('the caller', () => {
  it('sees one ringing when the first gateway rang and failed', async () => {
    const bench = new HandlerBench({ gateways: two });
    await bench.ring();
    bench.sip.last.fail(503);
    await bench.settle();
    bench.sip.last.emit('progress', { status: 180, reason: '', sdp: null });
    await bench.settle();
    expect(bench.channel.states).toEqual(['dialing', 'ringing']);
  });

  it('goes on seeing that it rings when the early media of a gateway that rang is gone', async () => {
    const bench = new HandlerBench({ gateways: two });
    await bench.ring();
    await bench.settle();
    bench.sip.last.emit('progress', { status: 183, reason: '', sdp: 'early' });
    await bench.settle();
    bench.sip.last.fail(503);
    await bench.settle();
    expect(bench.handler.status).toMatchObject({ state: 'ringing', hasEarlyMedia: false });
    expect(bench.channel.states).toEqual(['dialing', 'ringing', 'earlyMedia', 'ringing']);
  });

  it('sees that it is dialled again when nothing has rung', async () => {
    const bench = new HandlerBench({ gateways: two });
    await bench.start();
    bench.sip.last.emit('progress', { status: 183, reason: '', sdp: 'early' });
    await bench.settle();
    bench.sip.last.fail(503);
    await bench.settle();
    expect(bench.channel.states).toEqual(['dialing', 'earlyMedia', 'dialing']);
  });

  it('is shown to each gateway as its entry says', async () => {
    const national = { calledNumberRules: [{ match: '+1', strip: 2, add: '0' }], callerNumberRules: [{ strip: 1 }] };
    const bench = new HandlerBench({
      gateways: [{ id: 'gw1', ...national }, { id: 'gw2' }],
      options: { callerNumber: '+12025550133' },
      request: { isNumberWithheld: true },
    });
    await bench.start();
    bench.sip.last.fail(503);
    await bench.settle();
    const [first, second] = bench.sip.calls.map(({ request }) => request);
    expect(first).toMatchObject({ calledNumber: '02025550100', from: { user: '12025550133', displayName: 'Alice' } });
    expect(second).toMatchObject({ calledNumber: '+12025550100', from: { user: '+12025550133' } });
    expect(second?.identity).toMatchObject({ isPrivate: true });
  });
});

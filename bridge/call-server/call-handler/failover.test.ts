import { describe, expect, it } from 'vitest';
import type { AttemptFailure } from './gateway-leg/index.ts';
import { HandlerBench, type HandlerChanges } from './testing/HandlerBench.ts';

const two = [{ id: 'gw1' }, { id: 'gw2', host: '127.0.0.2', codecs: ['PCMA'] }];
const emergency: HandlerChanges = { gateways: two, request: { isEmergency: true, calledNumber: '112' } };

/** How the first of two gateways may fail. */
type Blow = (bench: HandlerBench) => void | Promise<void>;
const says =
  (status: number): Blow =>
  ({ sip }) =>
    sip.last.fail(status);
const fails =
  (failure: Extract<AttemptFailure, { kind: 'transport' | 'timeout' | 'protocol' | 'cancelled' }>): Blow =>
  ({ sip }) =>
    void sip.last.emit('failed', failure);
const rings: Blow = ({ sip }) => void sip.last.emit('progress', { status: 180, reason: '', sdp: null });
const opensAudio =
  (sdp: string): Blow =>
  ({ sip }) =>
    void sip.last.emit('progress', { status: 183, reason: '', sdp });
const isSilentFor =
  (ms: number): Blow =>
  ({ clock }) =>
    clock.advanceAsync(ms);
const saysTrying: Blow = ({ sip }) => void sip.last.emit('trying');

async function benchAfter(blows: readonly Blow[], changes: HandlerChanges = { gateways: two }): Promise<HandlerBench> {
  const bench = new HandlerBench(changes);
  await bench.start();
  for (const blow of blows) {
    await blow(bench);
    await bench.settle();
  }
  return bench;
}

describe('the next gateway is tried', () => {
  it.each<[string, readonly Blow[]]>([
    ['said nothing for 1.5 s', [isSilentFor(1500)]],
    ['said nothing for as long as SIP waits', [fails({ kind: 'timeout' })]],
    ['refused the connection', [fails({ kind: 'transport', reason: 'refused' })]],
    ['said 100 and nothing for 20 s more', [saysTrying, isSilentFor(20_000)]],
    ['answered 408', [says(408)]],
    ['answered 500', [says(500)]],
    ['answered 502', [says(502)]],
    ['answered 503', [says(503)]],
    ['answered 504', [says(504)]],
    ['answered 415', [says(415)]],
    ['answered 488', [says(488)]],
    ['rang and then answered 503', [rings, says(503)]],
    ['sent early media and then answered 500', [opensAudio('early'), says(500)]],
    ['sent early media in a codec that nobody offered', [opensAudio('strange')]],
    ['sent early media that is junk', [opensAudio('junk')]],
  ])('when the first %s', async (_, blows) => {
    const bench = await benchAfter(blows);
    expect(bench.sip.tried).toEqual(['gw1 127.0.0.1', 'gw2 127.0.0.2']);
    expect(bench.media.asked).toContain('gateway offer PCMA to 127.0.0.2');
    bench.sip.last.emit('answered', { sdp: 'sdp' });
    await bench.settle();
    expect(bench.handler.status).toMatchObject({ state: 'established', end: null });
  });

  it('when no INVITE can be sent to the first', async () => {
    const bench = new HandlerBench({ gateways: two });
    const invite = bench.sip.invite.bind(bench.sip);
    bench.sip.invite = (request) => {
      if (request.peer.id === 'gw1') throw new Error('closed');
      return invite(request);
    };
    await bench.start();
    expect(bench.sip.tried).toEqual(['gw2 127.0.0.2']);
  });

  it('when the name of the first leads nowhere', async () => {
    const bench = new HandlerBench({ gateways: two });
    bench.sip.places.set('gw1', new Error('no such host'));
    await bench.start();
    expect(bench.sip.tried).toEqual(['gw2 127.0.0.2']);
    expect(bench.events).toContainEqual({
      ...{ type: 'gatewayFailed', gatewayId: 'gw1', isLast: false },
      ...{ kind: 'transport', reason: 'no such host' },
    });
  });

  it('when the first speaks nothing that the browser speaks, without an INVITE to it', async () => {
    const bench = new HandlerBench({ gateways: [{ id: 'gw1', codecs: ['G722'] }, { id: 'gw2' }] });
    bench.media.strangeCodecs.add('G722');
    await bench.start();
    expect(bench.sip.tried).toEqual(['gw2 127.0.0.1']);
    expect(bench.events).toContainEqual({ type: 'gatewaySkipped', gatewayId: 'gw1', why: 'noCommonCodec' });
    expect(bench.proxyServer.told).toEqual(['gw2 tried']);
  });
});

describe('no other gateway is tried', () => {
  it.each<[string, readonly Blow[], object]>([
    ['is busy (486)', [says(486)], { outcome: 'busy', by: 'called', sipStatus: 486, q850: 17 }],
    ['is busy everywhere (600)', [says(600)], { outcome: 'busy', by: 'called', sipStatus: 600, q850: 17 }],
    ['declines (603)', [says(603)], { outcome: 'declined', by: 'called', sipStatus: 603, q850: 21 }],
    ['is unknown (404)', [says(404)], { outcome: 'wrongNumber', by: 'called', sipStatus: 404, q850: 1 }],
    ['does not answer (480)', [rings, says(480)], { outcome: 'noAnswer', by: 'called', sipStatus: 480, q850: 18 }],
  ])('when the called party %s', async (_, blows, end) => {
    const bench = await benchAfter(blows);
    expect(bench.sip.tried).toEqual(['gw1 127.0.0.1']);
    expect(bench.handler.status.end).toEqual(end);
    bench.expectAllFreed();
  });

  it.each<[string, readonly Blow[]]>([
    ['before anything came back', []],
    ['while it rings', [rings]],
  ])('when the caller hangs up %s', async (_, blows) => {
    const bench = await benchAfter([...blows, ({ handler }) => handler.hangUp()]);
    expect(bench.sip.tried).toEqual(['gw1 127.0.0.1']);
    expect(bench.sip.last.commands).toEqual(['cancel']);
    expect(bench.handler.status.end).toEqual({ outcome: 'cancelled', by: 'caller', q850: 16 });
    bench.expectAllFreed();
  });

  it('when the caller hangs up while the first gateway’s place is asked for', async () => {
    const bench = new HandlerBench({ gateways: two });
    const asked = Promise.withResolvers<void>();
    bench.proxyServer.claiming = asked.promise;
    await bench.start();
    bench.handler.hangUp();
    await bench.settle();
    asked.resolve();
    await bench.settle();
    expect(bench.sip.calls).toEqual([]);
    expect(bench.handler.status.end).toEqual({ outcome: 'cancelled', by: 'caller', q850: 16 });
    bench.expectAllFreed();
  });

  it('when somebody has picked up and their audio cannot be used', async () => {
    const bench = await benchAfter([({ sip }) => void sip.last.emit('answered', { sdp: 'junk' })]);
    expect(bench.sip.tried).toEqual(['gw1 127.0.0.1']);
    expect(bench.sip.last.commands).toEqual(['bye']);
    expect(bench.handler.status.end).toMatchObject({ outcome: 'failed', error: { code: 'gatewayProtocol' } });
    bench.expectAllFreed();
  });

  it('when there is none', async () => {
    const bench = await benchAfter([says(503), says(503)]);
    expect(bench.handler.status.end).toMatchObject({
      ...{ outcome: 'unreachable', by: 'bridge', sipStatus: 503 },
      error: { code: 'gatewayUnreachable' },
    });
    bench.expectAllFreed();
  });
});

describe('an emergency call', () => {
  it.each([403, 404, 480, 486, 600, 603])('goes to the next gateway also after a %i', async (status) => {
    const bench = await benchAfter([says(status)], emergency);
    expect(bench.sip.tried).toEqual(['gw1 127.0.0.1', 'gw2 127.0.0.2']);
  });

  it('goes to no other once the caller has hung up', async () => {
    const bench = await benchAfter([says(486), ({ handler }) => handler.hangUp()], {
      ...emergency,
      gateways: [...two, { id: 'gw3' }],
    });
    expect(bench.sip.calls).toHaveLength(2);
    expect(bench.handler.status.end).toMatchObject({ outcome: 'cancelled', by: 'caller', q850: 16 });
  });

  it('goes to a gateway that is full', async () => {
    const bench = new HandlerBench(emergency);
    bench.proxyServer.obstacles.set('gw1', 'full').set('gw2', 'tooFast');
    await bench.start();
    expect(bench.sip.tried).toEqual(['gw1 127.0.0.1']);
  });

  it('is sent with its digits and the caller’s number, whatever the gateway’s rules and the caller say', async () => {
    const rules = { calledNumberRules: [{ strip: 1 }], callerId: { privacy: 'always', header: 'P-Asserted-Identity' } };
    const bench = new HandlerBench({
      gateways: [{ id: 'gw1', ...rules }],
      request: { ...emergency.request, isNumberWithheld: true, callerNumber: '+12025550111' },
    });
    await bench.start();
    expect(bench.sip.last.request).toMatchObject({
      calledNumber: '112',
      identity: { user: '+12025550111', isPrivate: false },
    });
  });
});

describe('a gateway with several addresses', () => {
  const benchWith = async (places: readonly string[]) => {
    const bench = new HandlerBench({ gateways: two });
    bench.sip.places.set('gw1', places);
    await bench.start();
    return bench;
  };

  it.each<[string, readonly Blow[]]>([
    ['says nothing', [isSilentFor(1500)]],
    ['refuses the connection', [fails({ kind: 'transport', reason: 'refused' })]],
    ['answers 503', [says(503)]],
  ])('is tried at the next one when the first %s, which all calls are told of', async (_, blows) => {
    const bench = await benchWith(['10.0.0.1', '10.0.0.2']);
    for (const blow of blows) await blow(bench);
    await bench.settle();
    expect(bench.sip.tried).toEqual(['gw1 10.0.0.1', 'gw1 10.0.0.2']);
    expect(bench.sip.failures).toEqual(['10.0.0.1']);
    // The gateway itself hasn't failed, and it is one try.
    expect(bench.proxyServer.told).toEqual(['gw1 tried']);
    expect(bench.events.filter(({ type }) => type === 'destinationFailed')).toMatchObject([
      { gatewayId: 'gw1', destination: 'udp:10.0.0.1:5060' },
    ]);
  });

  it('is left for the next gateway when its last one says nothing either', async () => {
    const bench = await benchWith(['10.0.0.1', '10.0.0.2']);
    await bench.clock.advanceAsync(3000);
    expect(bench.sip.tried).toEqual(['gw1 10.0.0.1', 'gw1 10.0.0.2', 'gw2 127.0.0.2']);
    expect(bench.sip.failures).toEqual(['10.0.0.1', '10.0.0.2']);
    expect(bench.proxyServer.told).toEqual(['gw1 tried', 'gw1 failed', 'gw2 tried']);
  });

  it.each([500, 408, 488])('is left at once when it answers %i: it is there', async (status) => {
    const bench = await benchWith(['10.0.0.1', '10.0.0.2']);
    bench.sip.last.fail(status);
    await bench.settle();
    expect(bench.sip.tried).toEqual(['gw1 10.0.0.1', 'gw2 127.0.0.2']);
    expect(bench.sip.failures).toEqual([]);
  });
});

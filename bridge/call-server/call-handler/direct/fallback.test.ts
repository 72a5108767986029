import { beforeEach, describe, expect, it } from 'vitest';
import { SipRequestError } from '../../../sip-stack/index.ts';
import { DirectCallBench } from './testing/DirectCallBench.ts';
import { gatewaySdp, peerSdp } from './testing/peerSdp.ts';

let bench: DirectCallBench;
const reinvites = () => bench.sip.last.commands.filter((command) => command.startsWith('reinvite'));
/** The browser does what it is asked for. */
const offerAnew = async () => {
  const answer = await bench.handler.renegotiate('v=0 again');
  await bench.settle();
  return answer;
};

beforeEach(() => {
  bench = new DirectCallBench();
});

describe('A direct call falls back to the relay', () => {
  it('when the two are not connected in time, not a millisecond before', async () => {
    await bench.dial();
    await bench.answer();
    await bench.clock.advanceAsync(3999);
    expect(bench.told).toEqual(['media:answer']);
    await bench.clock.advanceAsync(1);
    expect(bench.told).toEqual(['media:answer', 'media:restart']);
    expect(await offerAnew()).toBe('answer to v=0 again');
    expect(reinvites()).toEqual(['reinvite gateway offer']);
    expect(bench.ways).toEqual(['direct', 'relay: notConnected']);
    expect(bench.handler.status.mediaWay).toBe('relay');
    expect(bench.progress.at(-1)).toEqual({ mediaWay: 'relay' });
    bench.media.emit('browserConnected');
    bench.media.emit('gatewaySecured');
    await bench.clock.advanceAsync(600_000);
    expect(bench.handler.status.state).toBe('established');
  });

  it('not while it rings, though the gateway has said where it is: that time begins with its answer', async () => {
    await bench.dial();
    bench.sip.last.emit('progress', { status: 183, reason: '', sdp: gatewaySdp() });
    await bench.clock.advanceAsync(20_000);
    await bench.answer();
    await bench.clock.advanceAsync(3999);
    expect(bench.told).toEqual(['media:answer']);
    await bench.clock.advanceAsync(1);
    expect(bench.told).toEqual(['media:answer', 'media:restart']);
  });

  it('not after the answer where early audio has connected them', async () => {
    await bench.dial();
    bench.sip.last.emit('progress', { status: 183, reason: '', sdp: gatewaySdp() });
    await bench.settle();
    bench.handler.mediaStateChanged('connected');
    await bench.answer();
    await bench.clock.advanceAsync(20_000);
    expect(bench.told).toEqual(['media:answer']);
  });

  it('when the browser says that it failed, once', async () => {
    await bench.connect();
    bench.handler.mediaStateChanged('failed');
    bench.handler.mediaStateChanged('failed');
    expect(bench.told).toEqual(['media:answer', 'media:restart']);
    await offerAnew();
    expect(bench.ways).toEqual(['direct', 'relay: failed']);
  });

  it('when the browser offers anew by itself: a reload, a move', async () => {
    await bench.connect();
    expect(await bench.handler.acceptOffer('v=0 moved')).toBe('answer to v=0 moved');
    await bench.settle();
    expect(bench.ways).toEqual(['direct', 'relay: browserReoffered']);
  });

  it('when the gateway’s last answer leads elsewhere', async () => {
    await bench.dial();
    bench.sip.last.emit('progress', { status: 183, reason: '', sdp: gatewaySdp() });
    await bench.answer(gatewaySdp({ ufrag: 'other' }));
    expect(bench.told).toEqual(['media:answer', 'media:restart']);
    await offerAnew();
    expect(bench.ways).toEqual(['direct', 'relay: gatewayChanged']);
  });

  it('not before the answer, of which there is nothing to offer', async () => {
    await bench.dial();
    expect(await offerAnew()).toBe('answer to v=0 again');
    expect(reinvites()).toEqual([]);
    await bench.answer();
    expect(bench.told).toEqual([]);
    expect(reinvites()).toEqual(['reinvite gateway offer']);
  });

  it('and is lost with a browser that doesn’t come', async () => {
    await bench.connect();
    bench.handler.mediaStateChanged('failed');
    await bench.clock.advanceAsync(29_999);
    expect(bench.handler.status.state).toBe('established');
    await bench.clock.advanceAsync(1);
    expect(bench.closings[0]).toMatchObject({ outcome: 'answered', errorCode: 'mediaLost' });
  });

  it('and ends where the gateway refuses the relay, with the reason for it', async () => {
    await bench.connect();
    bench.sip.last.reinviteError = new SipRequestError({ status: 488, reason: 'Not Acceptable Here' });
    await offerAnew();
    expect(bench.closings[0]).toMatchObject({ outcome: 'answered', errorCode: 'mediaLost', disconnectedBy: 'bridge' });
    expect(bench.events).toContainEqual({ type: 'fallbackRefused', reason: 'browserReoffered' });
  });

  it('and offers it as to other gateways where that one takes no DTLS-SRTP from us', async () => {
    await bench.connect();
    const offered: unknown[] = [];
    bench.media.createGatewayOffer = async ({ srtp, mid }) => {
      offered.push([srtp, mid]);
      if (offered.length === 2) bench.sip.last.reinviteError = null;
      return 'v=0';
    };
    bench.sip.last.reinviteError = new SipRequestError({ status: 488, reason: 'Not Acceptable Here' });
    await offerAnew();
    expect(offered).toEqual([
      ['dtls', '0'],
      ['off', undefined],
    ]);
    expect(bench.ways).toEqual(['direct', 'relay: browserReoffered']);
    await bench.clock.advanceAsync(10_000);
    expect(bench.handler.status.state).toBe('established');
  });

  it('and offers it so, too, where it is joined with another call, and DTLS-SRTP anew where that is refused as well', async () => {
    await bench.connect();
    const offered: unknown[] = [];
    bench.media.createGatewayOffer = async ({ srtp, codecs }) => {
      offered.push(`${codecs} ${srtp}`);
      if (offered.length === 4) bench.sip.last.reinviteError = null;
      return 'v=0';
    };
    bench.sip.last.reinviteError = new SipRequestError({ status: 488, reason: 'Not Acceptable Here' });
    const { hold } = bench.handler.inCall;
    expect(await hold.makeReady('opus')).toBe(false);
    expect(offered).toEqual(['opus dtls', 'opus off']);
    expect(await hold.makeReady('PCMU')).toBe(true);
    expect(offered.slice(2)).toEqual(['PCMU dtls', 'PCMU off']);
    expect(bench.ways).toEqual(['direct', 'relay: joined']);
  });

  it('and is not offered so where it refuses to be held by the browser', async () => {
    await bench.connect();
    bench.sip.last.reinviteError = new SipRequestError({ status: 488, reason: 'Not Acceptable Here' });
    await bench.handler.inCall.hold.hold();
    expect(reinvites()).toHaveLength(1);
  });

  it('and ends where the gateway agrees to the relay and doesn’t come to it, not a millisecond before', async () => {
    await bench.connect();
    await offerAnew();
    await bench.clock.advanceAsync(3999);
    expect(bench.handler.status.state).toBe('established');
    await bench.clock.advanceAsync(1);
    expect(bench.closings[0]).toMatchObject({ outcome: 'answered', errorCode: 'mediaLost' });
  });

  it('and stays up where it comes', async () => {
    await bench.connect();
    await offerAnew();
    bench.media.emit('gatewaySecured');
    await bench.clock.advanceAsync(10_000);
    expect(bench.handler.status.state).toBe('established');
  });

  it('while it is on hold, and plays music then', async () => {
    await bench.connect();
    await bench.handler.inCall.hold.hold();
    await offerAnew();
    expect(bench.media.asked).toEqual(expect.arrayContaining(['gate closed', 'play music']));
  });

  it('goes on with the numbers that the gateway has seen', async () => {
    await bench.connect();
    const before = /o=- (\d+) (\d+) /.exec(bench.sip.last.request.offer);
    bench.media.createGatewayOffer = async () => 'v=0\r\no=- 5 1 IN IP4 192.0.2.1\r\n';
    await offerAnew();
    expect(reinvites()).toEqual([`reinvite v=0\r\no=- ${before?.[1]} ${Number(before?.[2]) + 1} IN IP4 192.0.2.1\r\n`]);
  });

  it('takes no notice of a browser that speaks of a connection that is gone', async () => {
    await bench.connect();
    await offerAnew();
    bench.handler.mediaStateChanged('failed');
    expect(bench.told).toEqual(['media:answer']);
  });
});

describe('A gateway that speaks with browsers, and with the relay from the start', () => {
  /** The browser has no offer for the second one. */
  const dial = async () => {
    bench = new DirectCallBench({ gateways: [{ id: 'plain' }, { id: 'web', media: 'direct' }] });
    await bench.call.start('v=0');
    await bench.settle();
    bench.sip.last.fail(503);
    await bench.clock.advanceAsync(2000);
    await bench.settle();
    expect(bench.media.asked.at(-1)).toMatch(/ as DTLS-SRTP$/);
    bench.media.emit('browserConnected');
  };

  it('has its call ended where it answers and doesn’t come, not a millisecond before', async () => {
    await dial();
    await bench.answer();
    await bench.clock.advanceAsync(3999);
    expect(bench.handler.status.state).toBe('established');
    await bench.clock.advanceAsync(1);
    expect(bench.closings[0]).toMatchObject({
      ...{ outcome: 'answered', errorCode: 'mediaLost', disconnectedBy: 'bridge' },
    });
    expect(bench.events).toContainEqual({ type: 'fallbackRefused', reason: 'neverCame' });
  });

  it.each(['before its answer', 'after it'])('goes on where it comes %s', async (when) => {
    await dial();
    if (when === 'before its answer') bench.media.emit('gatewaySecured');
    await bench.answer();
    if (when === 'after it') bench.media.emit('gatewaySecured');
    await bench.clock.advanceAsync(20_000);
    expect(bench.handler.status.state).toBe('established');
  });

  it('is given its time anew where it follows another one that had come', async () => {
    bench = new DirectCallBench({
      gateways: [{ id: 'plain' }, { id: 'web', media: 'direct' }, { id: 'too', media: 'direct' }],
    });
    await bench.call.start('v=0');
    await bench.settle();
    bench.sip.last.fail(503);
    await bench.clock.advanceAsync(2000);
    await bench.settle();
    expect(bench.sip.calls).toHaveLength(2);
    bench.media.emit('gatewaySecured');
    bench.sip.last.fail(503);
    await bench.clock.advanceAsync(2000);
    await bench.settle();
    expect(bench.sip.calls).toHaveLength(3);
    bench.media.emit('browserConnected');
    await bench.answer();
    await bench.clock.advanceAsync(4000);
    expect(bench.closings[0]).toMatchObject({ errorCode: 'mediaLost' });
  });
});

describe('A gateway whose INVITE takes the place of a direct call’s gateway', () => {
  it('has the relay, and the browser is asked for an offer, which the relay answers', async () => {
    await bench.connect();
    const { media } = bench.handler.inCall;
    const { sdp } = await media.acceptGatewayOffer('v=0 replacing', { codecs: ['PCMU'], srtp: 'off' });
    expect(sdp).toBe('answer to v=0 replacing');
    expect(bench.told).toEqual(['media:answer', 'media:restart']);
    expect(await offerAnew()).toBe('answer to v=0 again');
    expect(bench.ways).toEqual(['direct', 'relay']);
    expect(bench.handler.status.mediaWay).toBe('relay');
    // The dialog that was replaced gets no offer any more.
    expect(reinvites()).toEqual([]);
    bench.media.emit('browserConnected');
    await bench.clock.advanceAsync(60_000);
    expect(bench.handler.status.state).toBe('established');
  });
});

describe('An offer of the gateway in a direct call', () => {
  it('is answered in the browser’s name, and holds us', async () => {
    await bench.connect();
    const answer = await bench.sip.last.request.onRemoteOffer(gatewaySdp({ direction: 'sendonly' }));
    expect(answer).toContain('a=recvonly');
    expect(answer).toContain('a=ice-ufrag:browser');
    expect(bench.handler.status.isHeldByOther).toBe(true);
  });

  it('is refused where the browser would have to take part', async () => {
    await bench.connect();
    await expect(bench.sip.last.request.onRemoteOffer(peerSdp({ ufrag: 'other' }))).rejects.toThrow('another way');
  });

  it('that it leaves to us is the browser’s description', async () => {
    await bench.connect();
    expect(await bench.sip.last.request.onRemoteOffer(null)).toContain('a=ice-ufrag:browser');
  });
});

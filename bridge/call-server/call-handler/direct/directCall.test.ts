import { describe, expect, it } from 'vitest';
import { DirectCallBench } from './testing/DirectCallBench.ts';
import { gatewaySdp, peerSdp } from './testing/peerSdp.ts';

describe('A call to a gateway that speaks WebRTC', () => {
  it('carries the browser’s offer with its candidates, opens no relay, and has the gateway’s answer brought', async () => {
    const bench = new DirectCallBench();
    expect(await bench.dial()).toBeNull();
    expect(bench.sip.last.request.offer).toContain('a=candidate:1 1 udp 5 198.51.100.4 5000 typ host');
    expect(bench.sip.last.request.offer).toContain('a=ice-ufrag:browser');
    await bench.answer();
    expect(bench.told).toEqual(['media:answer']);
    expect(bench.channel.others[0]).toContain('a=ice-ufrag:gateway');
    bench.handler.mediaStateChanged('connected');
    await bench.clock.advanceAsync(600_000);
    expect(bench.handler.status).toMatchObject({ state: 'established', mediaWay: 'direct', codec: 'PCMU' });
    expect(bench.progress).toContainEqual(expect.objectContaining({ mediaWay: 'direct' }));
    expect(bench.ways).toEqual(['direct']);
    expect(bench.sessions).toBe(0);
  });

  it('is sent after half a second where the browser finds no end, not a millisecond before', async () => {
    const bench = new DirectCallBench();
    await bench.call.start(peerSdp());
    await bench.clock.advanceAsync(499);
    expect(bench.sip.calls).toHaveLength(0);
    await bench.clock.advanceAsync(1);
    expect(bench.sip.calls).toHaveLength(1);
  });

  it('may ring for longer than the audio of a browser may be away', async () => {
    const bench = new DirectCallBench();
    await bench.dial();
    bench.sip.last.emit('progress', { status: 180, reason: 'Ringing', sdp: null });
    await bench.clock.advanceAsync(45_000);
    await bench.answer();
    expect(bench.handler.status.state).toBe('established');
  });

  it('lets early media be heard, and the answer after it changes nothing', async () => {
    const bench = new DirectCallBench();
    await bench.dial();
    bench.sip.last.emit('progress', { status: 183, reason: 'Session Progress', sdp: gatewaySdp() });
    await bench.settle();
    expect(bench.handler.status).toMatchObject({ state: 'earlyMedia', hasEarlyMedia: true });
    await bench.answer();
    expect(bench.told).toEqual(['media:answer']);
  });

  it('sends key tones by INFO', async () => {
    const bench = new DirectCallBench();
    await bench.connect();
    await bench.handler.sendDtmf('12');
    expect(bench.sip.last.commands).toEqual(['info 1', 'info 2']);
  });

  it('holds by the browser’s description, inactive, and resumes', async () => {
    const bench = new DirectCallBench();
    await bench.connect();
    await bench.handler.inCall.hold.hold();
    await bench.handler.inCall.resume();
    const [held, resumed] = bench.sip.last.commands;
    expect(held).toMatch(/^reinvite v=0.*a=inactive.*a=ice-ufrag:browser/s);
    expect(resumed).toMatch(/^reinvite v=0.*a=sendrecv.*a=ice-ufrag:browser/s);
    expect(bench.sessions).toBe(0);
  });

  it('is refused where the offer can’t be passed on', async () => {
    const bench = new DirectCallBench();
    await expect(bench.call.start(peerSdp({ without: 'a=fingerprint' }))).rejects.toMatchObject({ code: 'badOffer' });
  });

  it('leaves nothing behind, whenever it ends', async () => {
    const waiting = new DirectCallBench();
    await waiting.call.start(peerSdp());
    waiting.handler.hangUp();
    const answered = new DirectCallBench();
    await answered.dial();
    await answered.answer();
    answered.handler.hangUp();
    for (const bench of [waiting, answered]) {
      await bench.settle();
      expect([bench.isClosed, bench.clock.pendingTimers, bench.sessions]).toEqual([true, 0, 0]);
    }
  });
});

describe('A failover', () => {
  const web = { id: 'web', media: 'direct', codecs: ['opus'] };
  const plain = { id: 'plain', codecs: ['PCMU'] };

  it('from a direct gateway to another has the browser’s offer answered by the relay', async () => {
    const bench = new DirectCallBench({ gateways: [web, plain] });
    expect(await bench.dial()).toBeNull();
    bench.sip.last.fail(503);
    await bench.settle();
    expect(bench.sip.last.request).toMatchObject({ peer: { id: 'plain' }, offer: 'gateway offer' });
    expect(bench.channel.others[0]).toContain('"answer":"answer to v=0');
    expect(bench.ways).toEqual(['direct', 'relay']);
    expect(bench.handler.status.mediaWay).toBe('relay');
    // From here on audio of the browser is waited for again.
    bench.sip.last.emit('progress', { status: 180, reason: 'Ringing', sdp: null });
    await bench.clock.advanceAsync(30_000);
    expect(bench.closings[0]).toMatchObject({ errorCode: 'mediaLost' });
  });

  it('after early media asks the browser for a new offer, which the relay answers', async () => {
    const bench = new DirectCallBench({ gateways: [web, plain] });
    await bench.dial();
    bench.sip.last.emit('progress', { status: 183, reason: '', sdp: gatewaySdp({ payloads: '111' }) });
    await bench.settle();
    bench.sip.last.fail(503);
    await bench.settle();
    expect(bench.told).toEqual(['media:answer', 'media:restart']);
    expect(await bench.handler.renegotiate('v=0 again')).toBe('answer to v=0 again');
  });

  it('to a direct gateway asks the browser for a new offer, and gives back what the relay had', async () => {
    const bench = new DirectCallBench({ gateways: [plain, web] });
    expect(await bench.call.start(peerSdp())).toMatch(/^answer to v=0/);
    await bench.settle();
    const relayed = bench.media;
    bench.sip.last.fail(503);
    await bench.settle();
    expect(bench.told).toEqual(['media:restart']);
    expect(await bench.handler.renegotiate(peerSdp({ ufrag: 'again' }))).toBeNull();
    bench.tellCandidates();
    await bench.settle();
    expect(bench.sip.last.request.offer).toContain('a=ice-ufrag:again');
    expect(relayed.isClosed).toBe(true);
    await bench.answer(gatewaySdp({ payloads: '111' }));
    expect(bench.told).toEqual(['media:restart', 'media:answer']);
    expect(bench.ways).toEqual(['relay', 'direct']);
  });

  it('offers it the relay where the browser sends none in two seconds', async () => {
    const bench = new DirectCallBench({ gateways: [plain, web] });
    await bench.call.start(peerSdp());
    await bench.settle();
    bench.sip.last.fail(503);
    await bench.clock.advanceAsync(1999);
    expect(bench.sip.calls).toHaveLength(1);
    await bench.clock.advanceAsync(1);
    expect(bench.sip.last.request).toMatchObject({ peer: { id: 'web' }, offer: 'gateway offer' });
  });

  it('happens where the gateway’s answer is none for a browser', async () => {
    const bench = new DirectCallBench({ gateways: [web, plain] });
    await bench.dial();
    bench.sip.last.emit('progress', { status: 183, reason: '', sdp: gatewaySdp({ without: 'a=fingerprint' }) });
    await bench.settle();
    expect(bench.sip.last.request.peer.id).toBe('plain');
  });
});

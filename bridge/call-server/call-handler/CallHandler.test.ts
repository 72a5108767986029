import { beforeEach, describe, expect, it } from 'vitest';
import { MediaError } from '../../media-relay/index.ts';
import { FakeChannel, HandlerBench } from './testing/HandlerBench.ts';

describe('CallHandler', () => {
  let bench: HandlerBench;

  beforeEach(() => {
    bench = new HandlerBench();
  });

  it('answers the browser without waiting for the gateway', async () => {
    expect(await bench.call.start('offer')).toBe('answer to offer');
    await bench.settle();
    expect(bench.sip.last.request).toMatchObject({ calledNumber: '+12025550100', offer: 'gateway offer' });
    expect(bench.handler.status.state).toBe('dialing');
  });

  it('goes through ringing and answer to the far end’s hang-up', async () => {
    await bench.establish();
    // The codec comes with the answer: what changes at once is told once.
    expect(bench.channel.states).toEqual(['dialing', 'ringing', 'established']);
    expect(bench.handler.status).toMatchObject({ codec: 'PCMU', state: 'established', answeredAt: bench.clock.now() });
    bench.sip.last.emit('ended', { by: 'remote', q850: 16 });
    await bench.settle();
    expect(bench.closings[0]).toMatchObject({ outcome: 'answered', disconnectedBy: 'called', q850: 16 });
    expect(bench.handler.status.end).toMatchObject({ outcome: 'answered', by: 'called' });
    bench.expectAllFreed();
  });

  it('raises the revision with every status', async () => {
    await bench.establish();
    expect(bench.channel.statuses.map(({ revision }) => revision)).toEqual([1, 2, 3]);
  });

  it('says that early media is there, and stays there when the gateway rings again', async () => {
    await bench.start();
    bench.sip.last.emit('progress', { status: 183, reason: '', sdp: 'early' });
    await bench.settle();
    bench.sip.last.emit('progress', { status: 180, reason: '', sdp: null });
    expect(bench.handler.status).toMatchObject({ state: 'earlyMedia', hasEarlyMedia: true });
  });

  it('hangs up an established call with a BYE', async () => {
    await bench.establish();
    bench.handler.hangUp();
    await bench.settle();
    expect(bench.sip.last.commands).toEqual(['bye']);
    expect(bench.closings[0]).toMatchObject({ outcome: 'answered', disconnectedBy: 'caller', errorCode: null });
    bench.expectAllFreed();
  });

  it('cancels a call that rings', async () => {
    await bench.ring();
    bench.handler.hangUp();
    await bench.settle();
    expect(bench.sip.last.commands).toEqual(['cancel']);
    expect(bench.closings[0]).toMatchObject({ outcome: 'cancelled', disconnectedBy: 'caller' });
    bench.expectAllFreed();
  });

  it('closes the call although the gateway never confirms the end', async () => {
    await bench.establish();
    bench.sip.last.isSilent = true;
    bench.handler.hangUp();
    expect(bench.handler.status.state).toBe('disconnecting');
    await bench.clock.advanceAsync(2000);
    expect(bench.handler.status.state).toBe('ended');
    bench.expectAllFreed();
  });

  it('ends a call that nobody answers by its own timer', async () => {
    await bench.ring();
    bench.media.emit('browserConnected');
    await bench.clock.advanceAsync(59_999);
    expect(bench.handler.status.state).toBe('ringing');
    await bench.clock.advanceAsync(1);
    expect(bench.sip.last.commands).toEqual(['cancel']);
    expect(bench.handler.status.end).toEqual({ outcome: 'noAnswer', by: 'bridge', q850: 19 });
    bench.expectAllFreed();
  });

  it('acks a call that was busy before the browser could be answered with its outcome, not with an error', async () => {
    const delay = Promise.withResolvers<void>();
    bench.media.offerDelay = delay.promise;
    const answer = bench.call.start('offer');
    await bench.settle();
    bench.sip.last.fail(486);
    await bench.settle();
    delay.resolve();
    expect(await answer).toBeNull();
    expect(bench.handler.status.end).toMatchObject({ outcome: 'busy' });
  });

  it('ends a call whose gateway answers junk, and says BYE to it', async () => {
    await bench.start();
    bench.sip.last.emit('answered', { sdp: 'junk' });
    await bench.settle();
    expect(bench.sip.last.commands).toEqual(['bye']);
    expect(bench.handler.status.end).toMatchObject({ outcome: 'failed', error: { code: 'gatewayProtocol' } });
    bench.expectAllFreed();
  });

  it('refuses a browser offer that cannot be used, and leaves nothing at the gateway', async () => {
    bench.media.offerError = new MediaError('badOffer', 'no audio line');
    await expect(bench.call.start('offer')).rejects.toMatchObject({ code: 'badOffer' });
    await bench.settle();
    expect(bench.sip.calls.every(({ commands }) => commands.includes('cancel'))).toBe(true);
    expect(bench.closings[0]).toMatchObject({ outcome: 'failed', errorCode: 'badOffer' });
    bench.expectAllFreed();
  });

  it('holds the call for a lost client, and ends it with a BYE when the window has passed', async () => {
    await bench.establish();
    bench.handler.detach();
    await bench.clock.advanceAsync(29_999);
    expect(bench.handler.status.state).toBe('established');
    await bench.clock.advanceAsync(1);
    expect(bench.sip.last.commands).toEqual(['bye']);
    expect(bench.closings[0]).toMatchObject({ outcome: 'answered', disconnectedBy: 'bridge', errorCode: 'clientLost' });
    bench.expectAllFreed();
  });

  it('goes on when the client comes back within the window', async () => {
    await bench.establish();
    bench.handler.detach();
    await bench.clock.advanceAsync(29_999);
    const second = new FakeChannel();
    bench.handler.attach(second);
    await bench.clock.advanceAsync(60_000);
    expect(bench.handler.status.state).toBe('established');
    bench.handler.setMuted(true);
    await bench.clock.advanceAsync(0);
    expect(second.statuses.at(-1)).toMatchObject({ isMuted: true });
  });

  it('asks the client for a new offer when the media worker died, and ends the call when none comes', async () => {
    await bench.establish();
    bench.media.emit('workerLost');
    expect(bench.channel.others).toContain('media:restart {"callId":"call-1"}');
    expect(await bench.handler.acceptOffer('again')).toBe('answer to again');
    bench.media.emit('browserConnected');
    await bench.clock.advanceAsync(60_000);
    expect(bench.handler.status.state).toBe('established');
    bench.media.emit('browserDisconnected');
    await bench.clock.advanceAsync(30_000);
    expect(bench.closings[0]).toMatchObject({ errorCode: 'mediaLost' });
  });

  it('tells since when the two talk and until when, and counts no waiting for the gateway’s confirmation', async () => {
    await bench.start();
    await bench.clock.advanceAsync(1000);
    bench.sip.last.emit('answered', { sdp: 'sdp' });
    bench.media.emit('browserConnected');
    await bench.clock.advanceAsync(500);
    bench.sip.last.isSilent = true;
    bench.handler.hangUp();
    await bench.clock.advanceAsync(2000);
    expect(bench.times).toEqual(['answered 1000', 'ended 1500']);
    expect(bench.closings[0]?.endedAtMs).toBe(bench.startMs + 1500);
    bench.expectAllFreed();
  });

  it('ends a call that is announced but never rings by the same timer as one that rings', async () => {
    await bench.start();
    bench.sip.last.emit('progress', { status: 183, reason: '', sdp: null });
    bench.media.emit('browserConnected');
    await bench.clock.advanceAsync(59_999);
    expect(bench.handler.status.state).toBe('dialing');
    await bench.clock.advanceAsync(1);
    expect(bench.handler.status.end).toEqual({ outcome: 'noAnswer', by: 'bridge', q850: 19 });
    bench.expectAllFreed();
  });

  it('ends when no INVITE can be sent to any', async () => {
    bench.sip.invite = () => {
      throw new Error('closed');
    };
    await bench.start();
    expect(bench.handler.status.end).toMatchObject({ outcome: 'unreachable', error: { code: 'gatewayUnreachable' } });
    bench.expectAllFreed();
  });

  it('sends an emergency number as its digits', async () => {
    bench = new HandlerBench({ request: { calledNumber: '112' } });
    await bench.start();
    expect(bench.sip.last.request.calledNumber).toBe('112');
    expect(bench.handler.status.calledNumber).toBe('112');
  });

  it('sends tones by RTP, or by INFO where the gateway took no events', async () => {
    await bench.establish();
    await bench.handler.sendDtmf('159#');
    expect(bench.media.asked).toContain('dtmf 159#');
    bench = new HandlerBench();
    bench.media.dtmfPayloadType = null;
    await bench.establish();
    await bench.handler.sendDtmf('1#');
    expect(bench.sip.last.commands).toEqual(['info 1', 'info #']);
  });

  it('sends tones by INFO to a gateway that holds the call and knows INFO, and by RTP to one that doesn’t', async () => {
    await bench.establish();
    bench.media.emit('gatewayDirectionChanged', 'sendonly');
    await bench.handler.sendDtmf('1');
    expect(bench.media.asked).toContain('dtmf 1');
    bench.sip.last.allowedMethods = ['INVITE', 'INFO'];
    await bench.handler.sendDtmf('2');
    expect(bench.sip.last.commands).toEqual(['info 2']);
    bench.media.emit('gatewayDirectionChanged', 'sendrecv');
    await bench.handler.sendDtmf('3');
    expect(bench.media.asked).toContain('dtmf 3');
  });

  it('sends no tones while it rings, and none when it has ended', async () => {
    await bench.call.start('offer');
    await expect(bench.handler.sendDtmf('1')).rejects.toMatchObject({ code: 'notEstablished' });
    bench.handler.hangUp();
    await bench.settle();
    await expect(bench.handler.sendDtmf('1')).rejects.toMatchObject({ code: 'callEnded' });
  });

  it('ends the call when the bridge stops', async () => {
    await bench.establish();
    bench.handler.shutDown();
    await bench.settle();
    expect(bench.closings[0]).toMatchObject({ outcome: 'answered', disconnectedBy: 'bridge', errorCode: 'goingAway' });
    bench.expectAllFreed();
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import type { CallId, UserId } from '../../../shared/domain/index.ts';
import type { CallStatus, NotificationName, NotificationPayload } from '../../../shared/protocol/index.ts';
import { MediaError } from '../../media-relay/index.ts';
import { FakeClock } from '../../observability/FakeClock.ts';
import { RecordingLogger } from '../../observability/RecordingLogger.ts';
import { gatewaySchema } from '../../proxy-server/index.ts';
import type { CallClosing } from '../../storage/index.ts';
import type { ClientChannel } from '../CallServer.ts';
import { callClient } from '../testing/callClient.ts';
import { CallHandler } from './CallHandler.ts';
import { FakeMediaSession } from './fakes/FakeMediaSession.ts';
import { FakeSip } from './fakes/FakeSip.ts';

const callId = 'call-1' as CallId;
const client = callClient('alice', {
  user: { id: 'u1' as UserId, userName: 'alice', displayName: 'Alice', role: 'user' },
});
const options = {
  ringTimeoutMs: 60_000,
  firstResponseTimeoutMs: 2000,
  progressTimeoutMs: 20_000,
  reconnectWindowMs: 30_000,
  maxDurationMs: 3_600_000,
  dtmf: { durationMs: 120, gapMs: 80 },
  callerNumber: null,
};

class FakeChannel implements ClientChannel {
  readonly statuses: CallStatus[] = [];
  readonly others: string[] = [];

  notify<Name extends NotificationName>(name: Name, payload: NotificationPayload<Name>): void {
    if (name === 'call:status') this.statuses.push(payload as CallStatus);
    else this.others.push(`${name} ${JSON.stringify(payload)}`);
  }

  get states(): string[] {
    return this.statuses.map(({ state }) => state);
  }
}

describe('CallHandler', () => {
  let clock: FakeClock;
  let sip: FakeSip;
  let media: FakeMediaSession;
  let channel: FakeChannel;
  let closings: CallClosing[];
  let events: string[];
  let isClosed: boolean;
  let handler: CallHandler;

  function create(gatewayEntries: readonly object[] = [{ id: 'gw1' }]): CallHandler {
    const candidates = gatewayEntries.map((entry) => gatewaySchema.parse({ host: '127.0.0.1', ...entry }));
    const log = {
      event: (_: CallId, type: string) => {
        events.push(type);
      },
      progressed: () => undefined,
      ended: (_: CallId, closing: CallClosing) => {
        closings.push(closing);
      },
    };
    const created = new CallHandler(
      { sip, relay: { createSession: () => media }, log, clock, logger: new RecordingLogger() },
      options,
      {
        callId,
        client,
        calledNumber: '+12025550100',
        calledName: 'Bob',
        selection: { candidates, steps: [] },
        requestedAtMs: clock.now(),
      },
      channel,
    );
    created.on('closed', () => {
      isClosed = true;
    });
    return created;
  }

  /** Lets what is promised happen. */
  const settle = () => clock.advanceAsync(0);

  async function establish(): Promise<void> {
    await handler.start('offer');
    await settle();
    sip.last.emit('trying');
    sip.last.emit('progress', { status: 180, reason: 'Ringing', sdp: null });
    sip.last.emit('answered', { sdp: 'sdp' });
    media.emit('browserConnected');
    await settle();
  }

  beforeEach(() => {
    clock = new FakeClock();
    sip = new FakeSip();
    media = new FakeMediaSession();
    channel = new FakeChannel();
    closings = [];
    events = [];
    isClosed = false;
    handler = create();
  });

  function expectAllFreed(): void {
    expect(isClosed).toBe(true);
    expect(media.isClosed).toBe(true);
    expect(clock.pendingTimers).toBe(0);
    expect(closings).toHaveLength(1);
  }

  it('answers the browser without waiting for the gateway', async () => {
    expect(await handler.start('offer')).toBe('answer to offer');
    await settle();
    expect(sip.last.request).toMatchObject({ calledNumber: '+12025550100', offer: 'gateway offer' });
    expect(handler.status.state).toBe('dialing');
  });

  it('goes through ringing and answer to the far end’s hang-up', async () => {
    await establish();
    // The codec comes with the answer: what changes at once is told once.
    expect(channel.states).toEqual(['dialing', 'ringing', 'established']);
    expect(handler.status).toMatchObject({ codec: 'PCMU', state: 'established', answeredAt: clock.now() });
    sip.last.emit('ended', { by: 'remote', q850: 16 });
    await settle();
    expect(closings[0]).toMatchObject({ outcome: 'answered', disconnectedBy: 'called', q850: 16 });
    expect(handler.status.end).toMatchObject({ outcome: 'answered', by: 'called' });
    expectAllFreed();
  });

  it('raises the revision with every status', async () => {
    await establish();
    expect(channel.statuses.map(({ revision }) => revision)).toEqual([1, 2, 3]);
  });

  it('says that early media is there, and stays there when the gateway rings again', async () => {
    await handler.start('offer');
    await settle();
    sip.last.emit('progress', { status: 183, reason: '', sdp: 'early' });
    await settle();
    sip.last.emit('progress', { status: 180, reason: '', sdp: null });
    expect(handler.status).toMatchObject({ state: 'earlyMedia', hasEarlyMedia: true });
  });

  it('hangs up an established call with a BYE', async () => {
    await establish();
    handler.hangUp();
    await settle();
    expect(sip.last.commands).toEqual(['bye']);
    expect(closings[0]).toMatchObject({ outcome: 'answered', disconnectedBy: 'caller', errorCode: null });
    expectAllFreed();
  });

  it('cancels a call that rings', async () => {
    await handler.start('offer');
    await settle();
    sip.last.emit('progress', { status: 180, reason: '', sdp: null });
    handler.hangUp();
    await settle();
    expect(sip.last.commands).toEqual(['cancel']);
    expect(closings[0]).toMatchObject({ outcome: 'cancelled', disconnectedBy: 'caller' });
    expectAllFreed();
  });

  it('closes the call although the gateway never confirms the end', async () => {
    await establish();
    sip.last.isSilent = true;
    handler.hangUp();
    expect(handler.status.state).toBe('disconnecting');
    await clock.advanceAsync(2000);
    expect(handler.status.state).toBe('ended');
    expectAllFreed();
  });

  it('ends a call that nobody answers by its own timer', async () => {
    await handler.start('offer');
    await settle();
    sip.last.emit('progress', { status: 180, reason: '', sdp: null });
    media.emit('browserConnected');
    await clock.advanceAsync(59_999);
    expect(handler.status.state).toBe('ringing');
    await clock.advanceAsync(1);
    expect(sip.last.commands).toEqual(['cancel']);
    expect(handler.status.end).toEqual({ outcome: 'noAnswer', by: 'bridge' });
    expectAllFreed();
  });

  it.each([
    [486, 'busy'],
    [603, 'declined'],
    [404, 'wrongNumber'],
  ])('ends with a %i as %s and asks no other gateway', async (status, outcome) => {
    handler = create([{ id: 'gw1' }, { id: 'gw2' }]);
    await handler.start('offer');
    await settle();
    sip.last.fail(status);
    await settle();
    expect(sip.calls).toHaveLength(1);
    expect(handler.status.end).toMatchObject({ outcome, by: 'called', sipStatus: status });
    expect(handler.status.end?.error).toBeUndefined();
  });

  it('acks a call that was busy before the browser could be answered with its outcome, not with an error', async () => {
    const delay = Promise.withResolvers<void>();
    media.offerDelay = delay.promise;
    const answer = handler.start('offer');
    await settle();
    sip.last.fail(486);
    await settle();
    delay.resolve();
    expect(await answer).toBeNull();
    expect(handler.status.end).toMatchObject({ outcome: 'busy' });
  });

  it('goes to the next gateway after a 503, and the caller hears one ringing', async () => {
    handler = create([{ id: 'gw1' }, { id: 'gw2', codecs: ['PCMA'] }]);
    const rests: unknown[] = [];
    handler.on('gatewayWantsRest', ({ gateway, forMs }) => rests.push([gateway.id, forMs]));
    await handler.start('offer');
    await settle();
    sip.last.emit('progress', { status: 180, reason: '', sdp: null });
    await settle();
    sip.last.fail(503, { retryAfterMs: 5000 });
    await settle();
    expect(sip.last.request.peer.id).toBe('gw2');
    expect(media.asked).toContain('gateway offer PCMA to 127.0.0.1');
    expect(rests).toEqual([['gw1', 5000]]);
    sip.last.emit('progress', { status: 180, reason: '', sdp: null });
    await settle();
    expect(channel.states).toEqual(['dialing', 'ringing', 'ringing']);
  });

  it('goes to the next gateway when the first says nothing, and ignores what it says later', async () => {
    handler = create([{ id: 'gw1' }, { id: 'gw2' }]);
    await handler.start('offer');
    await settle();
    const [silent] = sip.calls;
    if (silent) silent.isSilent = true;
    await clock.advanceAsync(2000);
    expect(silent?.commands).toEqual(['cancel']);
    expect(sip.last.request.peer.id).toBe('gw2');
    silent?.emit('answered', { sdp: 'late' });
    await settle();
    expect(handler.status.state).toBe('dialing');
  });

  it('gives a gateway that said 100 more time to its first ringing', async () => {
    await handler.start('offer');
    await settle();
    sip.last.emit('trying');
    await clock.advanceAsync(19_999);
    expect(handler.status.state).toBe('dialing');
    await clock.advanceAsync(1);
    expect(handler.status.end).toMatchObject({ outcome: 'unreachable', error: { code: 'gatewayUnreachable' } });
    expectAllFreed();
  });

  it('ends a call whose gateway answers junk, and says BYE to it', async () => {
    await handler.start('offer');
    await settle();
    sip.last.emit('answered', { sdp: 'junk' });
    await settle();
    expect(sip.last.commands).toEqual(['bye']);
    expect(handler.status.end).toMatchObject({ outcome: 'failed', error: { code: 'gatewayProtocol' } });
    expectAllFreed();
  });

  it('refuses a browser offer that cannot be used, and leaves nothing at the gateway', async () => {
    media.offerError = new MediaError('badOffer', 'no audio line');
    await expect(handler.start('offer')).rejects.toMatchObject({ code: 'badOffer' });
    await settle();
    expect(sip.calls.every(({ commands }) => commands.includes('cancel'))).toBe(true);
    expect(closings[0]).toMatchObject({ outcome: 'failed', errorCode: 'badOffer' });
    expectAllFreed();
  });

  it('holds the call for a lost client, and ends it with a BYE when the window has passed', async () => {
    await establish();
    handler.detach();
    await clock.advanceAsync(29_999);
    expect(handler.status.state).toBe('established');
    await clock.advanceAsync(1);
    expect(sip.last.commands).toEqual(['bye']);
    expect(closings[0]).toMatchObject({ outcome: 'answered', disconnectedBy: 'bridge', errorCode: 'clientLost' });
    expectAllFreed();
  });

  it('goes on when the client comes back within the window', async () => {
    await establish();
    handler.detach();
    await clock.advanceAsync(29_999);
    const second = new FakeChannel();
    handler.attach(second);
    await clock.advanceAsync(60_000);
    expect(handler.status.state).toBe('established');
    handler.setMuted(true);
    await clock.advanceAsync(0);
    expect(second.statuses.at(-1)).toMatchObject({ isMuted: true });
  });

  it('asks the client for a new offer when the media worker died, and ends the call when none comes', async () => {
    await establish();
    media.emit('workerLost');
    expect(channel.others).toContain('media:restart {"callId":"call-1"}');
    expect(await handler.acceptOffer('again')).toBe('answer to again');
    media.emit('browserConnected');
    await clock.advanceAsync(60_000);
    expect(handler.status.state).toBe('established');
    media.emit('browserDisconnected');
    await clock.advanceAsync(30_000);
    expect(closings[0]).toMatchObject({ errorCode: 'mediaLost' });
  });

  it('ends a call at its maximum duration', async () => {
    await establish();
    await clock.advanceAsync(3_600_000);
    expect(closings[0]).toMatchObject({ outcome: 'answered', disconnectedBy: 'bridge' });
    expectAllFreed();
  });

  it('sends tones by RTP, or by INFO where the gateway took no events', async () => {
    await establish();
    await handler.sendDtmf('159#');
    expect(media.asked).toContain('dtmf 159#');
    media.dtmfPayloadType = null;
    sip.last.emit('ended', { by: 'remote' });
    media = new FakeMediaSession();
    media.dtmfPayloadType = null;
    handler = create();
    await establish();
    await handler.sendDtmf('1#');
    expect(sip.last.commands).toEqual(['info 1', 'info #']);
  });

  it('sends no tones while it rings, and none when it has ended', async () => {
    await handler.start('offer');
    await expect(handler.sendDtmf('1')).rejects.toMatchObject({ code: 'notEstablished' });
    handler.hangUp();
    await settle();
    await expect(handler.sendDtmf('1')).rejects.toMatchObject({ code: 'callEnded' });
  });

  it('ends the call when the bridge stops', async () => {
    await establish();
    handler.shutDown();
    await settle();
    expect(closings[0]).toMatchObject({ outcome: 'answered', disconnectedBy: 'bridge', errorCode: 'goingAway' });
    expectAllFreed();
  });
});

import { describe, expect, it } from 'vitest';
import type { CallId } from '../../../shared/domain/index.ts';
import type { CallStatus } from '../../../shared/protocol/index.ts';
import { settle } from '../../state/testing/FakeTimers.ts';
import { MicrophoneError } from '../media/index.ts';
import { callStatus } from '../testing/callStatus.ts';
import { FakeTrack } from '../testing/FakeMedia.ts';
import { helloAnswer } from '../testing/helloAnswer.ts';
import { incomingCall } from '../testing/incomingCall.ts';
import { makePhone } from '../testing/makePhone.ts';

const callId = 'in-1' as CallId;
const other = 'in-2' as CallId;

const established = (status: Partial<CallStatus> = {}) =>
  callStatus({
    callId,
    direction: 'incoming',
    state: 'established',
    callingNumber: '+12025550177',
    calledNumber: '+12025550199',
    calledName: 'Support',
    answeredAt: 1_700_000_000_000,
    ...status,
  });

async function ringing(options: Parameters<typeof makePhone>[0] = {}) {
  const made = makePhone(options);
  made.transport.answers.set('call:answer', (payload) => ({
    ok: true,
    data: { answer: 'v=0 the answer', status: established({ callId: payload.callId as CallId }) },
  }));
  made.transport.connect();
  await settle();
  made.transport.notify('call:incoming', incomingCall({ callingName: 'Anna' }));
  await settle();
  const accept = async (id = callId, present?: 'hold' | 'end') => {
    made.incoming.accept(id, present);
    await settle();
  };
  const refuse = (code: string) =>
    made.transport.answers.set('call:answer', () => ({ ok: false, error: { code, message: 'x' } }));
  const end = async (reason: string, takenBy: object | null = null) => {
    made.transport.notify('call:incomingEnded', { callId, reason, takenBy });
    await settle();
  };
  const list = () => made.incoming.ringing.get().map((call) => call.callId);
  return { ...made, accept, refuse, end, list };
}

describe('answering', () => {
  it('sends the offer that was made while it rang, at once, and the track follows', async () => {
    const made = await ringing();
    expect(made.media).toHaveLength(1);
    expect(made.microphone.tracks).toHaveLength(0);
    const opening = Promise.withResolvers<FakeTrack>();
    made.microphone.next = () => opening.promise;
    await made.accept();
    expect(made.transport.named('call:answer')[0]?.payload).toMatchObject({ callId, offer: 'v=0 offer of media-1' });
    expect(made.media[0]?.answers).toEqual(['v=0 the answer']);
    const track = new FakeTrack();
    opening.resolve(track);
    await settle();
    expect([made.media.length, made.media[0]?.track]).toEqual([1, track]);
  });

  it('gives a prepared offer the track that is open already', async () => {
    const made = await ringing();
    await made.accept();
    expect(made.media[0]?.track).toBe(made.microphone.tracks[0]);
  });

  it('shows the call as the bridge tells it, and no ring nor ringback beside it', async () => {
    const made = await ringing();
    await made.accept();
    expect(made.list()).toEqual([]);
    expect(made.phone.call.get()).toMatchObject({
      direction: 'incoming',
      phase: 'established',
      number: '+12025550177',
      name: 'Anna',
      called: { number: '+12025550199', name: 'Support' },
    });
    expect(made.sounding).toEqual([]);
  });

  it('asks for the microphone first where it was not granted, and answers then', async () => {
    const made = await ringing({ isGranted: false });
    const opening = Promise.withResolvers<FakeTrack>();
    made.microphone.next = () => opening.promise;
    await made.accept();
    expect(made.phone.call.get()?.phase).toBe('askingMicrophone');
    expect([made.transport.named('call:answer').length, made.list(), made.media.length]).toEqual([0, [], 0]);
    opening.resolve(new FakeTrack());
    await settle();
    expect(made.transport.named('call:answer')).toHaveLength(1);
    expect(made.phone.call.get()?.phase).toBe('established');
  });

  it('lets it ring on when the microphone is refused, since nobody has declined', async () => {
    const made = await ringing({ isGranted: false });
    made.microphone.next = () => Promise.reject(new MicrophoneError('blocked'));
    await made.accept();
    expect(made.phone.call.get()?.end).toMatchObject({ microphone: 'blocked' });
    expect(made.list()).toEqual([callId]);
    const names = made.transport.sent.map(({ name }) => name);
    expect(names.filter((name) => name !== 'session:hello')).toEqual([]);
  });

  it('declines when the person hangs up while the microphone is asked for', async () => {
    const made = await ringing({ isGranted: false });
    made.microphone.next = () => new Promise(() => {});
    await made.accept();
    made.phone.hangUp();
    await settle();
    expect(made.transport.named('call:decline')).toHaveLength(1);
    expect(made.phone.call.get()?.end).toEqual({ outcome: 'declined', by: 'called' });
    expect(made.list()).toEqual([]);
  });

  it('is over when the caller gives up while the microphone is asked for', async () => {
    const made = await ringing({ isGranted: false });
    made.microphone.next = () => new Promise(() => {});
    await made.accept();
    await made.end('cancelled');
    expect(made.phone.call.get()?.end).toMatchObject({ outcome: 'cancelled', tooLate: { reason: 'cancelled' } });
    expect([made.list(), made.incoming.missed.get()]).toEqual([[], []]);
  });

  it('says who was quicker, where the bridge told it before it refused', async () => {
    const made = await ringing();
    made.transport.answers.delete('call:answer');
    await made.accept();
    await made.end('taken', { displayName: 'Ben', isSelf: false });
    expect(made.phone.call.get()?.phase).toBe('requested');
    made.transport.named('call:answer')[0]?.ack({ ok: false, error: { code: 'callTaken', message: 'x' } });
    await settle();
    expect(made.phone.call.get()?.end?.tooLate).toEqual({
      reason: 'taken',
      takenBy: { displayName: 'Ben', isSelf: false },
    });
    expect(made.microphone.tracks.every(({ isStopped }) => isStopped)).toBe(true);
  });

  it.each([
    ['callTaken', 'taken'],
    ['callEnded', 'cancelled'],
    ['callNotFound', 'cancelled'],
  ])('takes %s for a call that was %s, which rings no more', async (code, reason) => {
    const made = await ringing();
    made.refuse(code);
    await made.accept();
    expect(made.phone.call.get()?.end?.tooLate).toEqual({ reason, takenBy: null });
    expect(made.list()).toEqual([]);
  });

  it('is no news that the call rings no longer, once the answer is acked', async () => {
    const made = await ringing();
    await made.accept();
    await made.end('taken', { displayName: 'Alice', isSelf: true });
    expect(made.phone.call.get()?.phase).toBe('established');
  });

  it('lets it ring on when the answer failed', async () => {
    const made = await ringing();
    made.refuse('mediaUnavailable');
    await made.accept();
    expect(made.phone.call.get()?.end).toMatchObject({ outcome: 'failed', error: { code: 'mediaUnavailable' } });
    expect(made.list()).toEqual([callId]);
  });

  it('closes an offer that nobody took', async () => {
    const made = await ringing();
    await made.end('cancelled');
    expect(made.media.map(({ isClosed }) => isClosed)).toEqual([true]);
  });

  it('ends as hung up by who was called', async () => {
    const made = await ringing();
    await made.accept();
    made.phone.hangUp();
    await made.timers.advance(1_500);
    expect(made.phone.call.get()?.end).toEqual({ outcome: 'answered', by: 'called' });
  });
});

describe('a second call while the person talks', () => {
  async function talking() {
    const made = await ringing();
    await made.accept();
    made.transport.notify('call:incoming', incomingCall({ callId: other, callingNumber: '+12025550178' }));
    await settle();
    return made;
  }

  it('rings beside the first, whose screen stays', async () => {
    const made = await talking();
    expect([made.list(), made.phone.call.get()?.callId]).toEqual([[other], callId]);
  });

  it('is taken by ending the first, whose late end does not silence it', async () => {
    const made = await talking();
    await made.accept(other, 'end');
    const order = made.transport.sent.map(({ name }) => name).filter((name) => name !== 'session:hello');
    expect(order).toEqual(['call:answer', 'call:hangUp', 'call:answer']);
    expect(made.phone.call.get()).toMatchObject({ callId: other, phase: 'established' });
    expect(made.microphone.tracks.map(({ isStopped }) => isStopped)).toEqual([true, false]);
    const stopped = made.output.stopped;
    await made.timers.advance(20_000);
    expect(made.output.stopped).toBe(stopped);
    expect(made.media.map(({ isClosed }) => isClosed)).toEqual([true, false]);
  });

  it('can be declined without a word to the first', async () => {
    const made = await talking();
    made.incoming.decline(other);
    await settle();
    expect(made.phone.call.get()?.phase).toBe('established');
    expect(made.transport.named('call:hangUp')).toHaveLength(0);
  });
});

describe('a reload', () => {
  it('takes over an answered call with who calls', async () => {
    const made = makePhone();
    made.transport.answers.set('session:hello', () => helloAnswer([established({ revision: 5 })], made.timers.now()));
    made.transport.connect();
    await settle();
    expect(made.phone.call.get()).toMatchObject({
      direction: 'incoming',
      number: '+12025550177',
      called: { name: 'Support' },
    });
  });

  it('takes over no call that only rings', async () => {
    const made = makePhone();
    const rings = established({ state: 'ringing', answeredAt: null });
    made.transport.answers.set('session:hello', () => helloAnswer([rings], made.timers.now()));
    made.transport.connect();
    await settle();
    expect(made.phone.call.get()).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import type { CallId } from '../../../shared/domain/index.ts';
import type { CallStatus } from '../../../shared/protocol/index.ts';
import { settle } from '../../state/testing/FakeTimers.ts';
import { type Tone, warningTone } from '../audio/index.ts';
import { MicrophoneError } from '../media/index.ts';
import { callStatus } from '../testing/callStatus.ts';
import { FakeTrack } from '../testing/FakeMedia.ts';
import { helloAnswer } from '../testing/helloAnswer.ts';
import { makePhone } from '../testing/makePhone.ts';
import { chooseCallerNumber } from './chooseCallerNumber.ts';

const destination = '202 555 0100';

async function dialled(options: Parameters<typeof makePhone>[0] = {}) {
  const made = makePhone(options);
  made.transport.answers.set('call:dial', ({ callId }) => ({
    ok: true,
    data: { answer: 'v=0 the answer', status: callStatus({ callId: callId as CallId }) },
  }));
  made.transport.connect();
  await settle();
  made.phone.dial({ destination, name: 'Anna' });
  await settle();
  let revision = 1;
  const tell = async (status: Partial<CallStatus>) => {
    revision += 1;
    const callId = made.phone.call.get()?.callId as CallId;
    made.transport.notify('call:status', callStatus({ callId, revision, ...status }));
    await settle();
  };
  return { ...made, tell };
}

describe('dialling', () => {
  it('sends the offer at once where the microphone was granted, and the track follows', async () => {
    const made = makePhone();
    const opening = Promise.withResolvers<FakeTrack>();
    made.microphone.next = () => opening.promise;
    made.transport.connect();
    await settle();
    made.phone.dial({ destination });
    await settle();
    expect(made.transport.named('call:dial')[0]?.payload).toMatchObject({ destination, offer: 'v=0 offer of media-1' });
    expect(made.media[0]?.track).toBeNull();
    const track = new FakeTrack();
    opening.resolve(track);
    await settle();
    expect(made.media[0]?.track).toBe(track);
  });

  it('asks for the microphone before anything is sent where it was not granted', async () => {
    const made = makePhone({ isGranted: false });
    const opening = Promise.withResolvers<FakeTrack>();
    made.microphone.next = () => opening.promise;
    made.transport.connect();
    await settle();
    made.phone.dial({ destination });
    await settle();
    expect(made.phone.call.get()?.phase).toBe('askingMicrophone');
    expect(made.transport.named('call:dial')).toHaveLength(0);
    opening.resolve(new FakeTrack());
    await settle();
    expect(made.transport.named('call:dial')).toHaveLength(1);
  });

  it('gives the answer of the ack to the peer connection', async () => {
    const { media, phone } = await dialled();
    expect(media[0]?.answers).toEqual(['v=0 the answer']);
    expect(phone.call.get()).toMatchObject({ phase: 'dialing', number: '+12025550100', name: 'Anna' });
  });

  it('is told a refusal in the state, and frees the microphone', async () => {
    const made = makePhone();
    made.transport.answers.set('call:dial', () => ({ ok: false, error: { code: 'noRuleAllows', message: 'no' } }));
    made.transport.connect();
    await settle();
    made.phone.dial({ destination });
    await settle();
    expect(made.phone.call.get()).toMatchObject({
      phase: 'ended',
      end: { outcome: 'refused', error: { code: 'noRuleAllows' } },
    });
    expect(made.microphone.tracks.every((track) => track.isStopped)).toBe(true);
    expect(made.media[0]?.isClosed).toBe(true);
  });

  it('sends nothing when the microphone is refused', async () => {
    const made = makePhone({ isGranted: false });
    made.microphone.next = () => Promise.reject(new MicrophoneError('blocked'));
    made.transport.connect();
    await settle();
    made.phone.dial({ destination });
    await settle();
    expect(made.transport.named('call:dial')).toHaveLength(0);
    expect(made.phone.call.get()?.end).toMatchObject({ outcome: 'failed', microphone: 'blocked' });
  });

  it('hangs up again when the granted microphone turns out to be gone', async () => {
    const made = makePhone();
    const opening = Promise.withResolvers<FakeTrack>();
    made.microphone.next = () => opening.promise;
    made.transport.connect();
    await settle();
    made.phone.dial({ destination });
    await settle();
    opening.reject(new MicrophoneError('notFound'));
    await settle();
    expect(made.transport.named('call:hangUp')).toHaveLength(1);
    expect(made.phone.call.get()?.end).toMatchObject({ microphone: 'notFound' });
  });

  it('does not dial a second time while there is a call', async () => {
    const { phone, transport } = await dialled();
    expect(phone.dial({ destination: '1' })).toBe(false);
    await settle();
    expect(transport.named('call:dial')).toHaveLength(1);
  });

  it('says nothing to the bridge of a call that was given up while the microphone was asked for', async () => {
    const made = makePhone({ isGranted: false });
    const opening = Promise.withResolvers<FakeTrack>();
    made.microphone.next = () => opening.promise;
    made.transport.connect();
    await settle();
    made.phone.dial({ destination });
    await settle();
    made.phone.hangUp();
    expect(made.phone.call.get()).toMatchObject({ phase: 'ended', end: { outcome: 'cancelled' } });
    const track = new FakeTrack();
    opening.resolve(track);
    await settle();
    expect(made.transport.sent.map(({ name }) => name)).toEqual(['session:hello']);
    expect(track.isStopped).toBe(true);
  });

  it('forgets a call that was given up before it could be sent', async () => {
    const made = makePhone();
    made.phone.dial({ destination });
    await settle();
    made.phone.hangUp();
    await settle();
    made.transport.answers.set('call:hangUp', () => ({ ok: false, error: { code: 'callNotFound', message: 'no' } }));
    made.transport.connect();
    await settle();
    expect(made.transport.named('call:dial')).toHaveLength(0);
    expect(made.phone.call.get()).toMatchObject({ phase: 'ended', end: { outcome: 'cancelled' } });
  });
});

describe('hanging up', () => {
  it('waits for the bridge’s word on how the call ended', async () => {
    const { phone, tell } = await dialled();
    phone.hangUp();
    await settle();
    expect(phone.call.get()?.phase).toBe('disconnecting');
    await tell({ state: 'ended', end: { outcome: 'cancelled', by: 'caller', sipStatus: 487 } });
    expect(phone.call.get()).toMatchObject({ phase: 'ended', end: { outcome: 'cancelled' } });
  });

  it('ends the call by itself when the word does not come', async () => {
    const { phone, timers } = await dialled();
    phone.hangUp();
    await timers.advance(1_500);
    expect(phone.call.get()?.phase).toBe('ended');
  });
});

describe('ringback', () => {
  it('sounds while it rings, in the way of the country, and stops for early media', async () => {
    const { tell, sounding } = await dialled({ country: 'GB' });
    await tell({ state: 'ringing' });
    expect(sounding.map(({ tone }) => tone.frequenciesHz)).toEqual([[400, 450]]);
    expect(sounding[0]?.isStopped).toBe(false);
    await tell({ state: 'earlyMedia', hasEarlyMedia: true });
    expect(sounding[0]?.isStopped).toBe(true);
  });

  it('stops for early media that comes while it still counts as ringing', async () => {
    const { tell, sounding } = await dialled();
    await tell({ state: 'ringing' });
    await tell({ state: 'ringing', hasEarlyMedia: true });
    expect(sounding[0]?.isStopped).toBe(true);
  });

  it('does not begin anew with each status, and stops at the answer', async () => {
    const { tell, sounding } = await dialled();
    await tell({ state: 'ringing' });
    await tell({ state: 'ringing' });
    expect(sounding).toHaveLength(1);
    await tell({ state: 'established', answeredAt: 1 });
    expect(sounding[0]?.isStopped).toBe(true);
  });

  it('gives way to the busy tone', async () => {
    const { tell, sounding } = await dialled();
    await tell({ state: 'ringing' });
    await tell({ state: 'ended', end: { outcome: 'busy', by: 'called' } });
    expect(sounding.map(({ tone }) => tone.frequenciesHz)).toEqual([
      [440, 480],
      [480, 620],
    ]);
    expect(sounding[0]?.isStopped).toBe(true);
  });
});

describe('the audio of a call', () => {
  it('mutes by the track, and tells the bridge', async () => {
    const { phone, microphone, transport } = await dialled();
    phone.setMuted(true);
    await settle();
    expect(microphone.tracks[0]?.enabled).toBe(false);
    expect(transport.named('call:mute')[0]?.payload.isMuted).toBe(true);
  });

  it('stays muted with another microphone', async () => {
    const { phone, microphone } = await dialled();
    phone.setMuted(true);
    microphone.chosenDeviceId.set('other');
    await settle();
    expect(microphone.tracks.map(({ enabled, isStopped }) => [enabled, isStopped])).toEqual([
      [false, true],
      [false, false],
    ]);
  });

  it('offers anew with the gateway’s codec first where the browser cannot switch', async () => {
    const { phone, media, transport } = await dialled();
    if (media[0]) media[0].canSwitch = false;
    const callId = phone.call.get()?.callId;
    transport.notify('media:codec', { callId, codec: 'PCMU', payloadType: 0 });
    await settle();
    expect(media.map(({ firstCodec, isClosed }) => [firstCodec, isClosed])).toEqual([
      [undefined, true],
      ['PCMU', false],
    ]);
    expect(media[1]?.answers).toEqual(['v=0 answer to v=0 offer of media-2']);
  });

  it('offers nothing anew where the browser can switch its codec', async () => {
    const { phone, media, transport } = await dialled();
    transport.notify('media:codec', { callId: phone.call.get()?.callId, codec: 'PCMU', payloadType: 0 });
    await settle();
    expect(media).toHaveLength(1);
    expect(transport.named('media:offer')).toHaveLength(0);
  });

  it('makes a new way when the relay lost the old one', async () => {
    const { phone, media, transport } = await dialled();
    transport.notify('media:restart', { callId: phone.call.get()?.callId });
    await settle();
    expect(transport.named('media:offer')).toHaveLength(1);
    expect(media.map(({ isClosed }) => isClosed)).toEqual([true, false]);
  });

  it('waits a little for an interruption to pass before it makes a new way', async () => {
    const { phone, media, transport, timers } = await dialled();
    media[0]?.events.emit('connected', undefined);
    media[0]?.events.emit('interrupted', undefined);
    expect(phone.call.get()?.audio).toBe('interrupted');
    await timers.advance(1_900);
    expect(transport.named('media:offer')).toHaveLength(0);
    await timers.advance(200);
    expect(transport.named('media:offer')).toHaveLength(1);
    media[1]?.events.emit('connected', undefined);
    expect(phone.call.get()?.audio).toBe('connected');
  });

  it('leaves an interruption alone that passed by itself', async () => {
    const { media, transport, timers } = await dialled();
    media[0]?.events.emit('interrupted', undefined);
    media[0]?.events.emit('connected', undefined);
    await timers.advance(60_000);
    expect(transport.named('media:offer')).toHaveLength(0);
  });

  it('takes another microphone when the present one is unplugged, and says when there is none', async () => {
    const { phone, microphone } = await dialled();
    microphone.tracks[0]?.dispatchEvent(new Event('ended'));
    await settle();
    expect(microphone.tracks).toHaveLength(2);
    microphone.next = () => Promise.reject(new MicrophoneError('notFound'));
    microphone.tracks[1]?.dispatchEvent(new Event('ended'));
    await settle();
    expect(phone.call.get()?.microphoneLost).toBe('notFound');
  });
});

describe('a lost connection', () => {
  it('keeps the call and takes its state from hello', async () => {
    const { phone, transport, timers } = await dialled();
    const callId = phone.call.get()?.callId as CallId;
    transport.disconnect();
    expect(phone.isInCall).toBe(true);
    const status = callStatus({ callId, revision: 9, state: 'established', answeredAt: timers.now() });
    transport.answers.set('session:hello', () => helloAnswer([status], timers.now()));
    transport.connect();
    await settle();
    expect(phone.call.get()?.phase).toBe('established');
  });

  it('ends the call as interrupted when the bridge knows it no more', async () => {
    const { phone, transport } = await dialled();
    transport.disconnect();
    transport.connect();
    await settle();
    expect(phone.call.get()).toMatchObject({ phase: 'ended', end: { outcome: 'interrupted' } });
  });

  it('gives the call up when the bridge stays away for longer than it holds calls', async () => {
    const { phone, timers, transport, tell } = await dialled();
    await tell({ state: 'established', answeredAt: timers.now() });
    transport.disconnect();
    await timers.advance(29_000);
    expect(phone.call.get()?.phase).toBe('established');
    await timers.advance(1_000);
    expect(phone.call.get()).toMatchObject({
      phase: 'ended',
      end: { outcome: 'failed', error: { code: 'clientLost' } },
    });
  });

  it('counts that time from the last loss alone', async () => {
    const { phone, timers, transport, tell } = await dialled();
    await tell({ state: 'established', answeredAt: timers.now() });
    const status = callStatus({ callId: phone.call.get()?.callId as CallId, revision: 9, state: 'established' });
    transport.answers.set('session:hello', () => helloAnswer([status], timers.now()));
    transport.disconnect();
    await timers.advance(20_000);
    transport.connect();
    await settle();
    transport.disconnect();
    await timers.advance(20_000);
    expect(phone.call.get()?.phase).toBe('established');
  });

  it('does not end a call whose dial message was lost on its way, but sends it again', async () => {
    const made = makePhone();
    made.transport.connect();
    await settle();
    made.phone.dial({ destination });
    await settle();
    made.transport.disconnect();
    made.transport.named('call:dial')[0]?.lose();
    made.transport.connect();
    await settle();
    const [first, second] = made.transport.named('call:dial');
    expect(second?.payload).toEqual(first?.payload);
    expect(made.phone.isInCall).toBe(true);
  });

  it('takes over the call that the bridge kept while the page was reloaded', async () => {
    const made = makePhone();
    const kept = callStatus({ revision: 5, state: 'established', answeredAt: made.timers.now() - 60_000 });
    made.transport.answers.set('session:hello', () => helloAnswer([kept], made.timers.now()));
    made.transport.connect();
    await settle();
    expect(made.phone.call.get()).toMatchObject({ callId: 'call-1', phase: 'established' });
    expect(made.transport.named('media:offer')[0]?.payload).toMatchObject({ callId: 'call-1' });
    expect(made.media[0]?.answers).toHaveLength(1);
    made.phone.hangUp();
    await settle();
    expect(made.transport.named('call:hangUp')[0]?.payload).toMatchObject({ callId: 'call-1' });
  });
});

describe('keys in a call', () => {
  it('are heard here and sent to the bridge', async () => {
    const { phone, transport, sounding } = await dialled();
    phone.sendDigit('5');
    await settle();
    expect(transport.named('call:dtmf')[0]?.payload.digits).toBe('5');
    expect(sounding.at(-1)?.tone.frequenciesHz).toEqual([770, 1336]);
  });
});

describe('the warning of a limit', () => {
  const limit = { endsAt: 1, error: { code: 'maxDurationReached', message: 'x' } } as const;
  const beeps = (sounding: readonly { tone: Tone }[]) => sounding.filter(({ tone }) => tone === warningTone).length;

  it('is heard once as two beeps, however often its time changes', async () => {
    const { sounding, tell } = await dialled();
    await tell({ state: 'established', answeredAt: 1 });
    expect(beeps(sounding)).toBe(0);
    await tell({ state: 'established', answeredAt: 1, limit });
    await tell({ state: 'established', answeredAt: 1, limit: { ...limit, endsAt: 2 } });
    expect(beeps(sounding)).toBe(1);
  });

  it('is heard again when it was withdrawn and comes back', async () => {
    const { sounding, tell } = await dialled();
    await tell({ state: 'established', answeredAt: 1, limit });
    await tell({ state: 'established', answeredAt: 1, limit: null });
    await tell({ state: 'established', answeredAt: 1, limit });
    expect(beeps(sounding)).toBe(2);
  });
});

describe('the caller ID', () => {
  it('is asked for as the person chose it, and not where a call shall go by the usual one', async () => {
    const { phone, transport, tell } = await dialled({ callerNumber: '+12025550122' });
    expect(transport.named('call:dial')[0]?.payload).toMatchObject({ callerNumber: '+12025550122' });
    await tell({ state: 'ended', end: { outcome: 'busy', by: 'called' } });
    phone.dial({ destination, isByUsualNumber: true });
    await settle();
    expect(transport.named('call:dial')[1]?.payload).not.toHaveProperty('callerNumber');
  });

  it('is left to the bridge where nobody chose', async () => {
    const { transport } = await dialled();
    expect(transport.named('call:dial')[0]?.payload).not.toHaveProperty('callerNumber');
  });

  it.each([
    ['+12025550122', '+12025550122'],
    // The usual one, one that is theirs no more, none.
    ['+12025550111', null],
    ['+12025550133', null],
    [null, null],
  ])('chosen as %s is asked for as %s', (chosen, asked) => {
    expect(chooseCallerNumber(chosen, ['+12025550111', '+12025550122'])).toBe(asked);
    expect(chooseCallerNumber(chosen, [])).toBeNull();
  });
});

describe('the number of who calls', () => {
  it('is withheld where the person set it so', async () => {
    const made = makePhone();
    made.isNumberWithheld.set(true);
    made.transport.connect();
    await settle();
    made.phone.dial({ destination });
    await settle();
    expect(made.transport.named('call:dial')[0]?.payload).toMatchObject({ destination, isNumberWithheld: true });
  });

  it.each(['*31#', '#31#'])('is withheld from one call by %s, which is not dialled', async (code) => {
    const made = makePhone();
    made.transport.connect();
    await settle();
    made.phone.dial({ destination: `${code}${destination}` });
    await settle();
    expect(made.transport.named('call:dial')[0]?.payload).toMatchObject({ destination, isNumberWithheld: true });
    expect(made.phone.call.get()).toMatchObject({ number: destination, isNumberWithheld: true });
  });

  it('is shown else', async () => {
    const { transport } = await dialled();
    expect(transport.named('call:dial')[0]?.payload).not.toHaveProperty('isNumberWithheld');
  });
});

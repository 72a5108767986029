import { describe, expect, it } from 'vitest';
import { settle } from '../../state/testing/FakeTimers.ts';
import { MicrophoneError } from '../media/index.ts';
import { dialled } from '../testing/dialled.ts';
import { FakeTrack } from '../testing/FakeMedia.ts';
import { makePhone } from '../testing/makePhone.ts';
import { chooseCallerNumber } from './chooseCallerNumber.ts';

const destination = '202 555 0100';

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

describe('keys in a call', () => {
  it('are heard here and sent to the bridge', async () => {
    const { phone, transport, sounding } = await dialled();
    phone.sendDigits('5');
    await settle();
    expect(transport.named('call:dtmf')[0]?.payload.digits).toBe('5');
    expect(sounding.at(-1)?.tone.frequenciesHz).toEqual([770, 1336]);
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

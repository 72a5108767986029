import { onTestFinished } from 'vitest';
import type { CodecName, DeviceId, UserId } from '../../../shared/domain/index.ts';
import { Observable } from '../../state/index.ts';
import { FakeTimers } from '../../state/testing/FakeTimers.ts';
import type { Melody, Tone, Tones } from '../audio/index.ts';
import { PhoneCheck } from '../check/index.ts';
import { Connection } from '../connection/index.ts';
import { Availability, IncomingCalls, OfferReserve, type RingChoice, Ringer } from '../incoming/index.ts';
import type { PeerMedia } from '../media/index.ts';
import { Phone } from '../phone/index.ts';
import { QualityMonitor } from '../quality/index.ts';
import { CallKeeper, CallReturn, HangUpWishes, KeptCalls, OtherDevices } from '../return/index.ts';
import { FakeLocks } from './FakeLocks.ts';
import { FakeMedia, FakeTrack } from './FakeMedia.ts';
import { FakeStorage } from './FakeStorage.ts';
import { FakeTransport } from './FakeTransport.ts';
import { helloAnswer } from './helloAnswer.ts';

/** A whole telephone over a transport without a network, led by a test. */
export function makePhone({
  isGranted = true,
  country = 'US',
  callerNumber = null as string | null,
  storage = new FakeStorage(),
} = {}) {
  const transport = new FakeTransport();
  const timers = new FakeTimers();
  transport.answers.set('session:hello', () => helloAnswer([], timers.now()));
  for (const name of [
    'call:hangUp',
    'call:mute',
    'call:dtmf',
    'call:decline',
    'call:hold',
    'call:resume',
    'call:transfer',
    'call:push',
    'stats:report',
  ])
    transport.answers.set(name, () => ({ ok: true, data: {} }));
  transport.answers.set('media:offer', ({ offer }) => ({ ok: true, data: { answer: `v=0 answer to ${offer}` } }));
  let ids = 0;
  const newId = () => `message-${++ids}`;
  const connection = new Connection({
    transport,
    timers,
    newId,
    deviceId: 'device-1' as DeviceId,
    clientVersion: '1',
    accessToken: async () => 'token-1-long',
    refreshToken: async () => 'token-2-long',
  });
  const microphone = {
    granted: isGranted,
    tracks: [] as FakeTrack[],
    /** Settles each wish for the microphone; by default at once. */
    next: async (): Promise<FakeTrack> => new FakeTrack(),
    chosenDeviceId: new Observable<string | null>(null),
    isGranted: async () => microphone.granted,
    open: async () => {
      const track = await microphone.next();
      microphone.tracks.push(track);
      return track as unknown as MediaStreamTrack;
    },
  };
  const media: FakeMedia[] = [];
  const createMedia = (track: MediaStreamTrack | null, firstCodec?: CodecName) => {
    const made = new FakeMedia(`media-${media.length + 1}`, track, firstCodec);
    media.push(made);
    return made as unknown as PeerMedia;
  };
  const sounding: { tone: Tone; isStopped: boolean }[] = [];
  const rings: { tone: Melody; isStopped: boolean }[] = [];
  const isNumberWithheld = new Observable(false);
  const output = {
    stopped: 0,
    /** What is heard now. */
    playing: null as MediaStream | null,
    play: (stream: MediaStream) => {
      output.playing = stream;
    },
    stop: () => {
      output.stopped += 1;
      output.playing = null;
    },
  };
  const kept = new KeptCalls(storage, 'u1' as UserId);
  const locks = new FakeLocks();
  const hangUps = new HangUpWishes({ connection, kept, createMedia });
  const phone = new Phone({
    connection,
    hangUps,
    microphone,
    output,
    createMedia,
    tones: tonesInto(sounding),
    timers,
    newId: () => `call-${++ids}`,
    country: () => country,
    callerNumber: () => callerNumber,
    isNumberWithheld: isNumberWithheld.get,
  });
  const reserve = new OfferReserve({ createMedia, microphone });
  const incoming = new IncomingCalls({ connection, phone, reserve, timers });
  const availability = new Availability({ connection });
  const ringChoice = new Observable<RingChoice>({ sound: 'chime', volume: 1 });
  const isRingBlocked = new Observable(false);
  const vibrations: (number | number[])[] = [];
  const ringer = new Ringer({
    ringing: incoming.ringing,
    call: phone.call,
    choice: ringChoice,
    ringTones: { ...tonesInto(rings), isBlocked: isRingBlocked },
    callTones: tonesInto(sounding),
    vibrate: (pattern) => vibrations.push(pattern),
  });
  const keeper = new CallKeeper({ connection, phone, kept, locks, timers });
  const callReturn = new CallReturn({ connection, phone, microphone, kept, locks, hangUps, timers });
  const otherDevices = new OtherDevices({ connection, phone, origin: 'https://phone.example.com' });
  const returning = { storage, kept, locks, hangUps, callReturn, otherDevices };
  const quality = new QualityMonitor({ connection, timers, call: phone.call, talking: () => phone.talking });
  const meter = { level: 0.1, isClosed: false };
  const check = new PhoneCheck({
    ...{ connection, microphone, output, createMedia, newId, timers },
    createMeter: () => ({ read: () => meter.level, close: () => void Object.assign(meter, { isClosed: true }) }),
  });
  onTestFinished(() => {
    check.close();
    quality.close();
    otherDevices.close();
    callReturn.close();
    keeper.close();
    hangUps.close();
    ringer.close();
    incoming.close();
    availability.close();
    phone.close();
    connection.close();
  });
  const ringing = { incoming, availability, ringer, rings, ringChoice, isRingBlocked, vibrations, isNumberWithheld };
  return {
    phone,
    connection,
    transport,
    timers,
    microphone,
    media,
    sounding,
    output,
    quality,
    check,
    meter,
    ...ringing,
    ...returning,
  };
}

/** Plays nothing, and keeps what was to be played. */
function tonesInto<Sound extends Tone | Melody>(list: { tone: Sound; isStopped: boolean }[]): Tones {
  return {
    play: (tone) => {
      const sound = { tone: tone as Sound, isStopped: false };
      list.push(sound);
      return () => {
        sound.isStopped = true;
      };
    },
  };
}

import { onTestFinished } from 'vitest';
import type { DeviceId } from '../../../shared/domain/index.ts';
import { Observable } from '../../state/index.ts';
import { FakeTimers } from '../../state/testing/FakeTimers.ts';
import type { Tone, Tones } from '../audio/index.ts';
import { Phone } from '../call/index.ts';
import { Connection } from '../connection/index.ts';
import type { PeerMedia } from '../media/index.ts';
import { FakeMedia, FakeTrack } from './FakeMedia.ts';
import { FakeTransport } from './FakeTransport.ts';
import { helloAnswer } from './helloAnswer.ts';

/** A whole telephone over a transport without a network, led by a test. */
export function makePhone({ isGranted = true, country = 'US', callerNumber = null as string | null } = {}) {
  const transport = new FakeTransport();
  const timers = new FakeTimers();
  transport.answers.set('session:hello', () => helloAnswer([], timers.now()));
  for (const name of ['call:hangUp', 'call:mute', 'call:dtmf'])
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
  const sounding: { tone: Tone; isStopped: boolean }[] = [];
  const tones: Tones = {
    play: (tone) => {
      const sound = { tone, isStopped: false };
      sounding.push(sound);
      return () => {
        sound.isStopped = true;
      };
    },
  };
  const phone = new Phone({
    connection,
    microphone,
    output: { play: () => {}, stop: () => {} },
    createMedia: (track, firstCodec) => {
      const made = new FakeMedia(`media-${media.length + 1}`, track, firstCodec);
      media.push(made);
      return made as unknown as PeerMedia;
    },
    tones,
    timers,
    newId: () => `call-${++ids}`,
    country: () => country,
    callerNumber: () => callerNumber,
  });
  onTestFinished(() => {
    phone.close();
    connection.close();
  });
  return { phone, connection, transport, timers, microphone, media, sounding };
}

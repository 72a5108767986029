import type { CodecName } from '../../shared/domain/index.ts';
import { fromWireError } from '../../shared/errors/index.ts';
import type { Brand, SessionGrant } from '../../shared/protocol/index.ts';
import {
  type AudioOutput,
  type Calling,
  Connection,
  type Continuation,
  chooseCallerNumber,
  chooseCallServerUrl,
  createLevelMeter,
  deviceName,
  HangUpWishes,
  KeptCalls,
  keepDeviceId,
  type Microphone,
  PeerMedia,
  Phone,
  PhoneCheck,
  QualityMonitor,
  SocketIoTransport,
  type TonePlayer,
} from '../calling/index.ts';
import type { Preferences } from '../preferences/index.ts';
import { CallHistory, ContactBook } from '../records/index.ts';
import type { Session } from '../session/index.ts';
import { browserTimers, newId, Observable, type Readable } from '../state/index.ts';
import { createReturning, followNetwork, storageOf } from './createReturning.ts';
import { createRinging } from './createRinging.ts';
import { keepCurrent } from './keepCurrent.ts';

export interface LineDeps {
  readonly session: Session;
  readonly preferences: Pick<Preferences, 'pick' | 'values'>;
  readonly microphone: Microphone;
  readonly output: AudioOutput;
  readonly tones: TonePlayer;
  readonly ringTones: TonePlayer;
  readonly clientVersion: string;
  /** A call that shall go on here, as the address said; null: none. */
  readonly continuation: Readable<Continuation | null>;
}

/** Everything that lives as long as one person is signed in. */
export interface Line extends Calling {
  /** As the bridge told it last. */
  readonly brand: Readable<Brand>;
  readonly contactBook: ContactBook;
  readonly callHistory: CallHistory;
  /** Idempotent. */
  close(): void;
}

/** Connects the signed-in person to the call server and reads what is theirs. */
export function createLine(grant: SessionGrant, deps: LineDeps): Line {
  const { session, preferences, microphone, output, tones, ringTones, clientVersion, continuation } = deps;
  const connection = new Connection({
    transport: new SocketIoTransport(
      import.meta.env.DEV ? location.origin : chooseCallServerUrl(grant.callServer.url, location),
    ),
    timers: browserTimers,
    newId,
    deviceId: keepDeviceId(window, newId),
    clientVersion,
    deviceName: () => deviceName(navigator.userAgent, document.documentElement.lang),
    language: () => document.documentElement.lang,
    accessToken: () => session.accessToken(),
    refreshToken: async () => (await session.refresh()).accessToken,
  });
  const brand = new Observable<Brand>(grant.brand);
  const iceServers = () => {
    const state = connection.state.get();
    return state.kind === 'ready' ? (state.hello.iceServers as RTCIceServer[]) : [];
  };
  let callerNumbers: readonly string[] = [];
  const createMedia = (track: MediaStreamTrack | null, firstCodec?: CodecName) =>
    new PeerMedia({
      connection: new RTCPeerConnection({ iceServers: iceServers(), bundlePolicy: 'max-bundle' }),
      track,
      firstCodec,
      capabilities: RTCRtpSender.getCapabilities('audio')?.codecs ?? [],
    });
  const kept = new KeptCalls(storageOf(grant), grant.user.id);
  const hangUps = new HangUpWishes({ connection, kept, createMedia });
  const phone = new Phone({
    connection,
    hangUps,
    microphone,
    output,
    tones,
    timers: browserTimers,
    newId,
    country: () => brand.get().defaultCountry,
    callerNumber: () => chooseCallerNumber(preferences.pick('callerNumber').get(), callerNumbers),
    isNumberWithheld: () => preferences.pick('isNumberWithheld').get(),
    createMedia,
  });
  const quality = new QualityMonitor({
    connection,
    timers: browserTimers,
    call: phone.call,
    talking: () => phone.talking,
  });
  const check = new PhoneCheck({
    ...{ connection, microphone, output, createMedia, newId, createMeter: createLevelMeter },
    timers: browserTimers,
  });
  const ringing = createRinging({ connection, phone, microphone, createMedia, preferences, tones, ringTones });
  const returning = createReturning({ connection, phone, microphone, kept, hangUps, continuation });
  const contactBook = new ContactBook(session);
  const callHistory = new CallHistory(session);
  const stops = [
    keepCurrent({ connection, brand, contactBook, callHistory }),
    connection.on('ready', (hello) => {
      callerNumbers = hello.callerNumbers;
    }),
    connection.on('session:ended', ({ error }) => session.end(fromWireError(error))),
    followNetwork({ connection, phone }),
    warnBeforeLeaving(() => phone.isInCall),
  ];
  connection.open();
  return {
    brand,
    phone,
    connection,
    output,
    microphone,
    quality,
    check,
    ...ringing.parts,
    ...returning.parts,
    contactBook,
    callHistory,
    close: () => {
      for (const stop of stops) stop();
      quality.close();
      check.close();
      ringing.close();
      returning.close();
      phone.close();
      connection.close();
    },
  };
}

function warnBeforeLeaving(isNeeded: () => boolean): () => void {
  const onLeave = (event: BeforeUnloadEvent) => {
    if (isNeeded()) event.preventDefault();
  };
  window.addEventListener('beforeunload', onLeave);
  return () => window.removeEventListener('beforeunload', onLeave);
}

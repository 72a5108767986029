import type { EventEmitter } from 'node:events';
import type { CodecName } from '../../../../shared/domain/index.ts';
import {
  type HeldSound,
  MediaError,
  type MediaSession,
  type MediaSessionEvents,
  type MediaSessionStats,
} from '../../../media-relay/index.ts';

const nothing = { packetsIn: 0, packetsOut: 0, packetsLost: 0, jitterMs: 0, roundTripMs: null } as const;
const noStats: MediaSessionStats = {
  codec: null,
  browser: nothing,
  gateway: { ...nothing, isEncrypted: false, mos: null },
};
const events: Readonly<Record<keyof MediaSessionEvents, true>> = {
  browserConnected: true,
  browserReplaced: true,
  browserDisconnected: true,
  codecChosen: true,
  firstAudioToGateway: true,
  firstAudioFromGateway: true,
  gatewaySecured: true,
  workerLost: true,
  gatewayDirectionChanged: true,
  audioStopped: true,
  audioResumed: true,
};

/** The relay’s session of a call that may need none: there only while it is needed, and told then what was wished meanwhile. */
export class LazyRelay {
  readonly #create: () => MediaSession;
  readonly #listener: EventEmitter<MediaSessionEvents>;
  #session: MediaSession | null = null;
  #isGateOpen = true;
  #sound: HeldSound | null = null;
  #isClosedForGood = false;
  /** From whom the session, as it said last, hears nothing. */
  readonly #silent = new Set<'browser' | 'gateway'>();

  /** What sessions tell is emitted by `listener`. */
  constructor(create: () => MediaSession, listener: EventEmitter<MediaSessionEvents>) {
    this.#create = create;
    this.#listener = listener;
  }

  get gatewayCodec(): CodecName | null {
    return this.#session?.gatewayCodec ?? null;
  }

  /** The session that there is, or a new one. */
  open(): MediaSession {
    if (this.#isClosedForGood) throw new MediaError('closed', 'the session is closed');
    this.#session ??= this.#open();
    return this.#session;
  }

  setGate(isOpen: boolean): void {
    this.#isGateOpen = isOpen;
    this.#session?.setGate(isOpen);
  }

  play(sound: HeldSound | null): void {
    this.#sound = sound;
    this.#session?.play(sound);
  }

  async stats(): Promise<MediaSessionStats> {
    return (await this.#session?.stats()) ?? noStats;
  }

  /** It is not needed now: its ports and transports are freed. */
  async giveBack(): Promise<void> {
    const session = this.#session;
    this.#session = null;
    await session?.close();
    // Nobody would ever take it back: what isn't relayed is no silence.
    for (const from of this.#silent) this.#listener.emit('audioResumed', { from });
    this.#silent.clear();
  }

  async close(): Promise<void> {
    this.#isClosedForGood = true;
    this.#silent.clear();
    await this.giveBack();
  }

  #open(): MediaSession {
    const session = this.#create();
    for (const name of Object.keys(events) as (keyof MediaSessionEvents)[]) this.#forward(session, name);
    session.on('audioStopped', ({ from }) => this.#silent.add(from));
    session.on('audioResumed', ({ from }) => this.#silent.delete(from));
    if (!this.#isGateOpen) session.setGate(false);
    if (this.#sound !== null) session.play(this.#sound);
    return session;
  }

  #forward<Name extends keyof MediaSessionEvents>(session: EventEmitter<MediaSessionEvents>, name: Name): void {
    const pass = (...values: unknown[]) => {
      if (this.#session === session) (this.#listener as EventEmitter).emit(name, ...values);
    };
    (session as EventEmitter).on(name, pass);
  }
}

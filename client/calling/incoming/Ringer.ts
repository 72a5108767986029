import { Observable, type Readable } from '../../state/index.ts';
import { callWaitingTone, type RingSound, ringSounds, type TonePlayer, type Tones } from '../audio/index.ts';
import { type ClientCall, isEnded } from '../call/index.ts';
import type { RingingCall } from './RingingCall.ts';

/** The person's choice of ring. */
export interface RingChoice {
  readonly sound: RingSound | 'off';
  /** 0 to 1. */
  readonly volume: number;
}

export interface RingerDeps {
  readonly ringing: Readable<readonly RingingCall[]>;
  readonly call: Readable<ClientCall | null>;
  readonly choice: Readable<RingChoice>;
  /** Sounds from the device that was chosen for ringing. */
  readonly ringTones: Pick<TonePlayer, 'play' | 'isBlocked'>;
  /** Sounds where the other side is heard. */
  readonly callTones: Tones;
  /** `navigator.vibrate`: on, off, on, ... in milliseconds; 0 stops. Does nothing where there is no motor. */
  readonly vibrate: (pattern: number | number[]) => void;
}

const waitingVolume = 0.08;
/** Browsers take no more than 99 entries (Vibration API, section 5): enough for over a minute and a half, longer than most ring. */
const vibration = Array.from({ length: 49 }, () => [900, 1100]).flat();

/** Lets calls be heard and felt while they ring: the ring, or while the person talks a pip beside the other side's voice. */
export class Ringer {
  readonly #deps: RingerDeps;
  readonly #silenced = new Observable<ReadonlySet<string>>(new Set());
  readonly #stops: (() => void)[];
  /** What sounds now, so that it doesn't begin anew with each change. */
  #sounding = 'nothing';
  #stopSound: () => void = () => {};

  constructor(deps: RingerDeps) {
    this.#deps = deps;
    const follow = () => this.#follow();
    this.#stops = [deps.ringing, deps.call, deps.choice].map((readable) => readable.subscribe(follow));
    follow();
  }

  /** True while it should ring and the browser wants a click or a key first. */
  get isBlocked(): Readable<boolean> {
    return this.#deps.ringTones.isBlocked;
  }

  /** Calls that ring without a sound, since the person wished for quiet. */
  get silenced(): Readable<ReadonlySet<string>> {
    return this.#silenced;
  }

  /** The calls that ring now go on without a sound. */
  silence(): void {
    this.#silenced.set(new Set(this.#deps.ringing.get().map(({ callId }) => callId)));
    this.#follow();
  }

  /** Lets the person hear their choice, once. */
  playTest(): void {
    const { sound, volume } = this.#deps.choice.get();
    if (sound !== 'off') this.#deps.ringTones.play(ringSounds[sound], { times: 1, volume });
  }

  /** Idempotent. */
  close(): void {
    for (const stop of this.#stops) stop();
    this.#stopSound();
    this.#stopSound = () => {};
  }

  #follow(): void {
    const wanted = this.#wanted();
    if (wanted === this.#sounding) return;
    this.#stopSound();
    this.#sounding = wanted;
    this.#stopSound = this.#start(wanted);
  }

  #wanted(): string {
    const { ringing, call, choice } = this.#deps;
    const loud = ringing.get().filter(({ callId }) => !this.#silenced.get().has(callId));
    if (loud.length === 0) return 'nothing';
    const present = call.get();
    if (present !== null && !isEnded(present)) return 'waiting';
    const { sound, volume } = choice.get();
    return `ring ${sound} ${volume}`;
  }

  #start(wanted: string): () => void {
    if (wanted === 'nothing') return () => {};
    const { callTones, ringTones, choice, vibrate } = this.#deps;
    const times = Number.POSITIVE_INFINITY;
    if (wanted === 'waiting') return callTones.play(callWaitingTone, { times, volume: waitingVolume });
    const { sound, volume } = choice.get();
    const stopRing = sound === 'off' ? () => {} : ringTones.play(ringSounds[sound], { times, volume });
    vibrate(vibration);
    return () => {
      stopRing();
      vibrate(0);
    };
  }
}

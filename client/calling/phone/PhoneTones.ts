import { busyToneOf, dtmfToneOf, ringbackOf, type Tones, warningTone } from '../audio/index.ts';
import type { ClientCall } from '../call/index.ts';

export interface PhoneTonesDeps {
  readonly tones: Tones;
  /** ISO 3166-1 alpha-2: whose ringback the person is used to. */
  readonly country: () => string;
}

const ringbackVolume = 0.12;
const keyVolume = 0.08;
const busyTimes = 4;
/** Heard beside the other side's voice. */
const warningVolume = 0.06;

/** What the telephone lets sound by itself: ringback, busy tone, keys, the warning of a limit. */
export class PhoneTones {
  readonly #deps: PhoneTonesDeps;
  #stop: (() => void) | null = null;

  constructor(deps: PhoneTonesDeps) {
    this.#deps = deps;
  }

  /** A call changed; `former` is what it was before, null for one that begins. */
  follow(call: ClientCall, former: ClientCall | null): void {
    const country = this.#deps.country();
    const isRinging = hasRingback(call);
    const wasRinging = former !== null && hasRingback(former);
    if (isRinging && !wasRinging) this.#sound(ringbackOf(country), Number.POSITIVE_INFINITY);
    if (!isRinging && wasRinging) this.silence();
    const isWarned = call.limit !== null && (former?.limit ?? null) === null;
    if (isWarned) this.#deps.tones.play(warningTone, { times: 1, volume: warningVolume });
    const isBusy = call.direction === 'outgoing' && call.end?.outcome === 'busy';
    if (isBusy && former?.end === null) this.#sound(busyToneOf(country), busyTimes);
  }

  /** The sound of a key, here alone. */
  playKey(digit: string): void {
    const tone = dtmfToneOf(digit);
    if (tone) this.#deps.tones.play(tone, { times: 1, volume: keyVolume });
  }

  /** Lets the person hear what a ringing telephone sounds like here: is the loudspeaker the right one? */
  playTest(): void {
    this.#deps.tones.play({ ...ringbackOf(this.#deps.country()), cadenceMs: [1200, 50] }, { times: 1, volume: 0.2 });
  }

  /** Stops ringback and busy tone. Idempotent. */
  silence(): void {
    this.#stop?.();
    this.#stop = null;
  }

  #sound(tone: Parameters<Tones['play']>[0], times: number): void {
    this.silence();
    this.#stop = this.#deps.tones.play(tone, { times, volume: ringbackVolume });
  }
}

/** The called telephone rings, and this page makes the sound of it. */
function hasRingback(call: ClientCall): boolean {
  if (call.phase === 'established') return call.referral?.isRinging === true && !call.isOnHold;
  return call.direction === 'outgoing' && call.phase === 'ringing' && !call.hasEarlyMedia;
}

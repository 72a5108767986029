import { drop } from '../../state/index.ts';
import { type Microphone, type MicrophoneProblem, problemOf } from '../media/index.ts';

export interface CallMicrophoneDeps {
  readonly microphone: Pick<Microphone, 'open' | 'chosenDeviceId'>;
  /** Sends this track from now on; null: nothing. */
  readonly send: (track: MediaStreamTrack | null) => Promise<void>;
  /** The microphone went away (or, with null, came back) during the call. */
  readonly changed: (problem: MicrophoneProblem | null) => void;
}

/**
 * The microphone's track of one call. Of several calls one alone is active: the others keep their track, silent and unsent, so that
 * they can go on at once.
 */
export class CallMicrophone {
  readonly #deps: CallMicrophoneDeps;
  readonly #stopFollowing: () => void;
  #track: MediaStreamTrack | null = null;
  #isMuted = false;
  #isActive = true;
  /** Openings that are under way. */
  #opening = 0;
  #isClosed = false;

  constructor(deps: CallMicrophoneDeps) {
    this.#deps = deps;
    this.#stopFollowing = deps.microphone.chosenDeviceId.subscribe(() => {
      if (this.#track === null) return;
      if (this.#isActive) drop(this.open(), 'changing the microphone');
      else this.#forget();
    });
  }

  /** What the other party may hear; null: nothing. */
  get sentTrack(): MediaStreamTrack | null {
    return this.#isActive ? this.#track : null;
  }

  /** @throws MicrophoneError */
  async open(): Promise<void> {
    const track = await this.#opened();
    if (this.#isClosed) return track.stop();
    const former = this.#track;
    this.#track = track;
    former?.stop();
    track.addEventListener('ended', () => this.#ended(track), { once: true });
    await this.#connect();
    this.#deps.changed(null);
  }

  /** As `open`, but `changed` tells what went wrong. Nothing is opened for a call that is not active. */
  async take(): Promise<void> {
    if (!this.#isActive) return;
    try {
      await this.open();
    } catch (error) {
      this.#deps.changed(problemOf(error));
    }
  }

  setMuted(isMuted: boolean): void {
    this.#isMuted = isMuted;
    this.#setEnabled();
  }

  setActive(isActive: boolean): void {
    this.#isActive = isActive;
    const mustOpen = isActive && this.#opening === 0 && this.#track?.readyState !== 'live';
    drop(mustOpen ? this.take() : this.#connect(), 'connecting the microphone');
  }

  /** Idempotent. */
  close(): void {
    this.#isClosed = true;
    this.#stopFollowing();
    this.#track?.stop();
  }

  async #opened(): Promise<MediaStreamTrack> {
    this.#opening += 1;
    try {
      return await this.#deps.microphone.open();
    } finally {
      this.#opening -= 1;
    }
  }

  async #connect(): Promise<void> {
    this.#setEnabled();
    await this.#deps.send(this.sentTrack);
  }

  #setEnabled(): void {
    if (this.#track !== null) this.#track.enabled = this.#isActive && !this.#isMuted;
  }

  /** Unplugged, or taken back by the person: whatever microphone there is now takes its place, once it is needed. */
  #ended(track: MediaStreamTrack): void {
    if (this.#track !== track || this.#isClosed) return;
    if (this.#isActive) drop(this.take(), 'replacing the microphone');
    else this.#forget();
  }

  #forget(): void {
    this.#track?.stop();
    this.#track = null;
  }
}

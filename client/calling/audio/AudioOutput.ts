import { drop, Observable, type Readable } from '../../state/index.ts';

export interface AudioOutputDeps {
  readonly element: HTMLAudioElement;
  /** The person's choice of loudspeaker; null for the system's. */
  readonly speakerId: Readable<string | null>;
}

/** Plays the other side. Knows when the browser's autoplay policy keeps it silent until the person does something. */
export class AudioOutput {
  readonly #element: HTMLAudioElement;
  readonly #isBlocked = new Observable(false);
  readonly #stopFollowing: () => void;

  constructor({ element, speakerId }: AudioOutputDeps) {
    this.#element = element;
    const follow = () => drop(this.#chooseSpeaker(speakerId.get()), 'choosing the loudspeaker');
    this.#stopFollowing = speakerId.subscribe(follow);
    if (speakerId.get() !== null) follow();
  }

  /** True while the browser wants a click or a key before it plays. */
  get isBlocked(): Readable<boolean> {
    return this.#isBlocked;
  }

  play(stream: MediaStream): void {
    this.#element.srcObject = stream;
    drop(this.resume(), 'playing the other side');
  }

  /** Tries to play again; to be called from a click. */
  async resume(): Promise<void> {
    try {
      await this.#element.play();
      this.#isBlocked.set(false);
    } catch (error) {
      // AbortError: another stream took its place meanwhile.
      if (error instanceof DOMException && error.name === 'NotAllowedError') this.#isBlocked.set(true);
    }
  }

  stop(): void {
    this.#element.pause();
    this.#element.srcObject = null;
    this.#isBlocked.set(false);
  }

  close(): void {
    this.#stopFollowing();
    this.stop();
  }

  async #chooseSpeaker(id: string | null): Promise<void> {
    if (typeof this.#element.setSinkId === 'function') await this.#element.setSinkId(id ?? '');
  }
}

import { ULAW_SILENCE } from '../audio/g711.ts';
import type { Clip } from '../audio/Sounds.ts';

/** Samples, and mu-law octets, of 20 ms. */
export const FRAME_SAMPLES = 160;

export interface PlayOptions {
  /** Begins again at its end until it is interrupted. */
  readonly isLooped?: boolean;
  /** Whether `interrupt` takes it away. */
  readonly isInterruptible?: boolean;
}

interface Item extends PlayOptions {
  readonly clip: Clip;
  readonly onEnd: () => void;
}

/** A queue of clips, given out in frames; silence when it is empty. */
export class ClipPlayer {
  #items: Item[] = [];
  #position = 0;

  /** Plays after what is queued already. Resolves once the last sample was given out or it was taken away. */
  play(clip: Clip, options: PlayOptions = {}): Promise<void> {
    return new Promise((resolve) => this.#items.push({ ...options, clip, onEnd: resolve }));
  }

  /** Takes away every clip that is interruptible, also the one being played. */
  interrupt(): void {
    const [current] = this.#items;
    const interrupted = this.#items.filter((item) => item.isInterruptible === true);
    this.#items = this.#items.filter((item) => item.isInterruptible !== true);
    if (current !== this.#items[0]) this.#position = 0;
    for (const item of interrupted) item.onEnd();
  }

  /** The next 160 samples as mu-law. */
  nextFrame(): Uint8Array {
    const frame = new Uint8Array(FRAME_SAMPLES).fill(ULAW_SILENCE);
    let filled = 0;
    for (let item = this.#items[0]; item !== undefined && filled < FRAME_SAMPLES; item = this.#items[0]) {
      const piece = item.clip.subarray(this.#position, this.#position + FRAME_SAMPLES - filled);
      frame.set(piece, filled);
      filled += piece.length;
      this.#position += piece.length;
      if (this.#position < item.clip.length) continue;
      this.#position = 0;
      if (item.isLooped === true && item.clip.length > 0) continue;
      this.#items.shift();
      item.onEnd();
    }
    return frame;
  }
}

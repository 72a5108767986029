/** Length of the frames that are played, in milliseconds. */
export const frameMs = 20;
/** A thread that stood still this long goes on from now: nobody wants what it missed in one burst. */
const maxLatenessMs = 200;

export interface FramePacerDeps {
  /** Monotonic, with fractions. */
  readonly nowMs: () => number;
  /** Runs `task` after so many milliseconds; returns a function that calls it off. */
  readonly schedule: (task: () => void, delayMs: number) => () => void;
}

/** One timer for all that a thread plays: every 20 ms, by the clock, so that lateness doesn't add up. Runs only while there is something. */
export class FramePacer {
  readonly #deps: FramePacerDeps;
  readonly #tasks = new Set<(dueMs: number) => void>();
  #dueMs = 0;
  #cancel: (() => void) | null = null;

  constructor(deps: FramePacerDeps) {
    this.#deps = deps;
  }

  /**
   * @param task gets the time that its frame is due; it may not throw
   * @returns a function that ends it
   */
  add(task: (dueMs: number) => void): () => void {
    this.#tasks.add(task);
    if (this.#cancel === null) {
      this.#dueMs = this.#deps.nowMs();
      this.#schedule();
    }
    return () => {
      this.#tasks.delete(task);
      if (this.#tasks.size > 0) return;
      this.#cancel?.();
      this.#cancel = null;
    };
  }

  #schedule(): void {
    this.#cancel = this.#deps.schedule(() => this.#tick(), Math.max(0, this.#dueMs - this.#deps.nowMs()));
  }

  #tick(): void {
    const dueMs = this.#dueMs;
    for (const task of this.#tasks) task(dueMs);
    if (this.#tasks.size === 0) return;
    const nowMs = this.#deps.nowMs();
    this.#dueMs = nowMs - dueMs > maxLatenessMs ? nowMs : dueMs + frameMs;
    this.#schedule();
  }
}

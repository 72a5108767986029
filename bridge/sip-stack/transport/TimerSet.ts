import type { Clock, Timer } from '../../observability/index.ts';

/** Cancels a timer; harmless when it already ran. */
export type CancelTimer = () => void;

/** Timers of one owner, counted, and cancelled together. */
export class TimerSet {
  readonly #clock: Clock;
  readonly #onError: (error: unknown) => void;
  readonly #entries = new Set<{ timer: Timer | undefined }>();

  /** `onError` takes what a callback throws, so that one owner's mistake can't end the process. */
  constructor(clock: Clock, onError: (error: unknown) => void) {
    this.#clock = clock;
    this.#onError = onError;
  }

  get size(): number {
    return this.#entries.size;
  }

  start(delayMs: number, callback: () => void): CancelTimer {
    const entry: { timer: Timer | undefined } = { timer: undefined };
    this.#entries.add(entry);
    entry.timer = this.#clock.setTimeout(() => {
      if (!this.#entries.delete(entry)) return;
      try {
        callback();
      } catch (error) {
        this.#onError(error);
      }
    }, delayMs);
    // The sockets keep the process alive as long as it is wanted.
    entry.timer.unref();
    return () => {
      if (this.#entries.delete(entry)) this.#clock.clearTimeout(entry.timer);
    };
  }

  clear(): void {
    for (const { timer } of this.#entries) this.#clock.clearTimeout(timer);
    this.#entries.clear();
  }
}

import type { Clock } from './Clock.ts';

/** Cancels a timer; harmless when it already ran. */
export type CancelTimer = () => void;

/** Timers of one owner, counted, and cancelled together. */
export class TimerSet {
  readonly #clock: Clock;
  readonly #onError: (error: unknown) => void;
  readonly #handles = new Set<{ handle: unknown }>();

  /** `onError` takes what a callback throws, so that one owner's mistake can't end the process. */
  constructor(clock: Clock, onError: (error: unknown) => void) {
    this.#clock = clock;
    this.#onError = onError;
  }

  get size(): number {
    return this.#handles.size;
  }

  start(delayMs: number, callback: () => void): CancelTimer {
    const entry: { handle: unknown } = { handle: undefined };
    this.#handles.add(entry);
    entry.handle = this.#clock.setTimeout(() => {
      if (!this.#handles.delete(entry)) return;
      try {
        callback();
      } catch (error) {
        this.#onError(error);
      }
    }, delayMs);
    return () => {
      if (this.#handles.delete(entry)) this.#clock.clearTimeout(entry.handle);
    };
  }

  clear(): void {
    for (const { handle } of this.#handles) this.#clock.clearTimeout(handle);
    this.#handles.clear();
  }
}

/** A timer that was set. `unref` lets the process end although it is still to come. */
export interface Timer {
  unref(): unknown;
}

/** Time and timers, injected so that tests need no sleeping. */
export interface Clock {
  /** Whole milliseconds since the epoch. */
  now(): number;
  setTimeout(callback: () => void, delayMs: number): Timer;
  /** A timer that has run, was cleared, or is undefined is ignored. */
  clearTimeout(timer: Timer | undefined): void;
}

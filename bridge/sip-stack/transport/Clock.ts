/** Time as the transaction layer sees it, so that tests run without waiting. */
export interface Clock {
  /** Milliseconds on a clock that never goes back. */
  now(): number;
  setTimeout(callback: () => void, delayMs: number): unknown;
  clearTimeout(handle: unknown): void;
}

/** The machine's own clock. Timers don't keep the process alive. */
export function systemClock(): Clock {
  return {
    now: () => performance.now(),
    setTimeout: (callback, delayMs) => setTimeout(callback, delayMs).unref(),
    clearTimeout: (handle) => clearTimeout(handle as NodeJS.Timeout),
  };
}

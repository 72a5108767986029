import type { Clock, Timer } from '../../observability/index.ts';

/**
 * Milliseconds that never jump: a correction of the machine's clock must neither stop the audio nor send it in a burst.
 * Counts from the start of the thread, so `now` is no date. Its timers keep no process alive.
 */
export const steadyClock: Clock = {
  now: () => performance.now(),
  setTimeout: (callback: () => void, delayMs: number): Timer => setTimeout(callback, delayMs).unref(),
  clearTimeout: (timer: Timer | undefined): void => clearTimeout(timer as NodeJS.Timeout | undefined),
};

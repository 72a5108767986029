import type { Clock, Timer } from './Clock.ts';

/** The machine's own clock. Stateless. */
export const systemClock: Clock = {
  now: () => Date.now(),
  setTimeout: (callback: () => void, delayMs: number): Timer => setTimeout(callback, delayMs),
  clearTimeout: (timer: Timer | undefined): void => clearTimeout(timer as NodeJS.Timeout | undefined),
};

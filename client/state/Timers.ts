/** Time as the core sees it; tests bring their own. All values in milliseconds. */
export interface Timers {
  now(): number;
  /** Runs `task` once after `delayMs`; returns the way to cancel it. */
  after(delayMs: number, task: () => void): () => void;
}

export const browserTimers: Timers = {
  now: () => Date.now(),
  after: (delayMs, task) => {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};

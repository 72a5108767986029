import type { Clock } from '../Clock.ts';

/** Time that moves only when told. */
export class FakeClock implements Clock {
  #now = 0;
  #timers: { at: number; order: number; callback: () => void }[] = [];
  #order = 0;

  now(): number {
    return this.#now;
  }

  setTimeout(callback: () => void, delayMs: number): unknown {
    this.#order += 1;
    const timer = { at: this.#now + delayMs, order: this.#order, callback };
    this.#timers.push(timer);
    return timer;
  }

  clearTimeout(handle: unknown): void {
    this.#timers = this.#timers.filter((timer) => timer !== handle);
  }

  /** Runs what falls due within this many milliseconds, in order, also what is started meanwhile. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const due = this.#timers.filter((timer) => timer.at <= end);
      const next = due.sort((a, b) => a.at - b.at || a.order - b.order)[0];
      if (next === undefined) break;
      this.clearTimeout(next);
      this.#now = next.at;
      next.callback();
    }
    this.#now = end;
  }
}

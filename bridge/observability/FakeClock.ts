import type { Clock, Timer } from './Clock.ts';

interface FakeTimer extends Timer {
  readonly dueAtMs: number;
  readonly callback: () => void;
}

/** A clock for tests: time stands still until `advance`. */
export class FakeClock implements Clock {
  #nowMs: number;
  /** In the order in which they were set, which decides among timers that are due at the same time. */
  readonly #timers = new Set<FakeTimer>();

  constructor(nowMs = Date.UTC(2026, 0, 1)) {
    this.#nowMs = nowMs;
  }

  now(): number {
    return this.#nowMs;
  }

  setTimeout(callback: () => void, delayMs: number): Timer {
    const timer: FakeTimer = { dueAtMs: this.#nowMs + Math.max(0, delayMs), callback, unref: () => timer };
    this.#timers.add(timer);
    return timer;
  }

  clearTimeout(timer: Timer | undefined): void {
    if (timer !== undefined) this.#timers.delete(timer as FakeTimer);
  }

  /** Timers that are still to run; what a leak check looks at. */
  get pendingTimers(): number {
    return this.#timers.size;
  }

  /** Moves time on and runs what falls due, in order, also timers that are set meanwhile. */
  advance(ms: number): void {
    const endMs = this.#nowMs + ms;
    for (let timer = this.#nextDue(endMs); timer !== undefined; timer = this.#nextDue(endMs)) this.#run(timer);
    this.#nowMs = endMs;
  }

  /** As `advance`, and lets promises settle after each timer, and before the first. */
  async advanceAsync(ms: number): Promise<void> {
    const endMs = this.#nowMs + ms;
    await settle();
    for (let timer = this.#nextDue(endMs); timer !== undefined; timer = this.#nextDue(endMs)) {
      this.#run(timer);
      await settle();
    }
    this.#nowMs = endMs;
  }

  #run(timer: FakeTimer): void {
    this.#timers.delete(timer);
    this.#nowMs = Math.max(this.#nowMs, timer.dueAtMs);
    timer.callback();
  }

  #nextDue(endMs: number): FakeTimer | undefined {
    let next: FakeTimer | undefined;
    for (const timer of this.#timers) {
      if (timer.dueAtMs <= endMs && (next === undefined || timer.dueAtMs < next.dueAtMs)) next = timer;
    }
    return next;
  }
}

/** A turn of the event loop: every promise that needs nothing from outside has settled after it. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

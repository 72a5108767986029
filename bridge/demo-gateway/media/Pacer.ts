import type { Clock, Timer } from '../../observability/index.ts';

export const FRAME_MS = 20;
/** A thread that slept longer than this (a suspended machine) leaves the time out rather than send it in one burst. */
const MAX_CATCH_UP_MS = 200;

/** Called once per frame; `skippedFrames` were left out just before. */
export type Tick = (skippedFrames: number) => void;

/**
 * One beat of 20 ms for every stream. Each beat is due at a multiple of 20 ms from the first, so that late timers
 * never add up to drift. Runs only while somebody listens.
 */
export class Pacer {
  readonly #clock: Clock;
  readonly #ticks = new Set<Tick>();
  #dueAtMs = 0;
  #timer: Timer | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get size(): number {
    return this.#ticks.size;
  }

  /** First called 20 ms from now at the latest. Returns how to stop. */
  add(tick: Tick): () => void {
    this.#ticks.add(tick);
    if (this.#ticks.size === 1) {
      this.#dueAtMs = this.#clock.now();
      this.#schedule();
    }
    return () => {
      this.#ticks.delete(tick);
      if (this.#ticks.size === 0) this.#clock.clearTimeout(this.#timer);
    };
  }

  #schedule(): void {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = this.#clock.setTimeout(() => this.#run(), Math.max(0, Math.ceil(this.#dueAtMs - this.#clock.now())));
  }

  #run(): void {
    const now = this.#clock.now();
    const lateMs = now - this.#dueAtMs;
    let skipped = lateMs > MAX_CATCH_UP_MS ? Math.floor(lateMs / FRAME_MS) : 0;
    this.#dueAtMs += skipped * FRAME_MS;
    while (this.#dueAtMs <= now && this.#ticks.size > 0) {
      for (const tick of [...this.#ticks]) if (this.#ticks.has(tick)) tick(skipped);
      skipped = 0;
      this.#dueAtMs += FRAME_MS;
    }
    if (this.#ticks.size > 0) this.#schedule();
  }
}

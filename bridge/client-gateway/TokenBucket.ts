import type { Clock } from '../observability/index.ts';

export interface TokenBucketDeps {
  readonly clock: Pick<Clock, 'now'>;
  /** Messages at once. */
  readonly burst: number;
  /** Messages per second over time. */
  readonly perSecond: number;
}

/** Bounds how often something happens: `burst` at once, `perSecond` over time. */
export class TokenBucket {
  readonly #deps: TokenBucketDeps;
  #tokens: number;
  #filledAtMs: number;

  constructor(deps: TokenBucketDeps) {
    this.#deps = deps;
    this.#tokens = deps.burst;
    this.#filledAtMs = deps.clock.now();
  }

  /** Takes one; answers 0, or the milliseconds until there is one again. */
  take(): number {
    const { clock, burst, perSecond } = this.#deps;
    const now = clock.now();
    // A clock that was set back gives nothing and takes nothing.
    const passedMs = Math.max(0, now - this.#filledAtMs);
    this.#tokens = Math.min(burst, this.#tokens + (passedMs * perSecond) / 1000);
    this.#filledAtMs = now;
    if (this.#tokens < 1) return Math.ceil(((1 - this.#tokens) * 1000) / perSecond);
    this.#tokens -= 1;
    return 0;
  }
}

import type { Clock } from '../observability/index.ts';

export interface RateLimitDeps {
  readonly clock: Pick<Clock, 'now'>;
  /** How often at once. */
  readonly burst: number;
  /** One more each so many milliseconds. */
  readonly intervalMs: number;
  /** Keys remembered at once; the one that was quiet longest goes first. Default 20000. */
  readonly maxKeys?: number;
}

/** Bounds how often something is done per key (an address, a connection), right or wrong: `burst` at once, then one each `intervalMs`. */
export class RateLimit {
  readonly #deps: RateLimitDeps;
  /** When each key will have its whole burst again, in the order of the last use. Milliseconds since the epoch. */
  readonly #fullAtMs = new Map<string, number>();

  constructor(deps: RateLimitDeps) {
    this.#deps = deps;
  }

  /** Takes one; answers 0, or the milliseconds until there is one again. */
  take(key: string): number {
    const { clock, burst, intervalMs, maxKeys = 20_000 } = this.#deps;
    const now = clock.now();
    // A clock that was set back gives nothing, and makes nobody wait longer than an empty burst does.
    const knownFullAtMs = Math.min(this.#fullAtMs.get(key) ?? now, now + burst * intervalMs);
    if (this.#fullAtMs.has(key)) this.#fullAtMs.set(key, knownFullAtMs);
    const fullAtMs = Math.max(now, knownFullAtMs) + intervalMs;
    const waitMs = fullAtMs - now - burst * intervalMs;
    if (waitMs > 0) return waitMs;
    this.#fullAtMs.delete(key);
    this.#fullAtMs.set(key, fullAtMs);
    const [oldest] = this.#fullAtMs.keys();
    if (this.#fullAtMs.size > maxKeys && oldest !== undefined) this.#fullAtMs.delete(oldest);
    return 0;
  }
}

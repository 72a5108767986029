import type { Clock } from '../observability/index.ts';

export interface AttemptThrottleDeps {
  readonly clock: Pick<Clock, 'now'>;
  /** Failed attempts that cost no waiting. */
  readonly freeAttempts: number;
  /** Wait after the first attempt beyond these, in milliseconds; doubles with each further one. */
  readonly firstDelayMs: number;
  /** The wait never gets longer, so that nobody can lock another person out for good. */
  readonly maxDelayMs: number;
  /** Without an attempt for so long everything is forgotten, in milliseconds. */
  readonly forgetAfterMs: number;
  /** Keys remembered at once; the one that was quiet longest goes first. Default 20000. */
  readonly maxKeys?: number;
}

interface Attempts {
  readonly count: number;
  readonly lastAtMs: number;
  readonly blockedUntilMs: number;
}

/** Slows down guessing: per key (an account, an address) a growing wait after a number of failed attempts. */
export class AttemptThrottle {
  readonly #deps: AttemptThrottleDeps;
  /** In the order of the last attempt. */
  readonly #attempts = new Map<string, Attempts>();

  constructor(deps: AttemptThrottleDeps) {
    this.#deps = deps;
  }

  /** Milliseconds to wait before the next attempt; 0 when it may be made now. */
  retryAfterMs(key: string): number {
    const attempts = this.#recent(key);
    return attempts ? Math.max(0, attempts.blockedUntilMs - this.#deps.clock.now()) : 0;
  }

  /** Counts an attempt as failed. Called before its outcome is known, so that many at once don't slip through. */
  begin(key: string): void {
    const { clock, freeAttempts, firstDelayMs, maxDelayMs, maxKeys = 20_000 } = this.#deps;
    const now = clock.now();
    const count = (this.#recent(key)?.count ?? 0) + 1;
    const delayMs =
      count <= freeAttempts ? 0 : Math.min(maxDelayMs, firstDelayMs * 2 ** Math.min(30, count - freeAttempts - 1));
    this.#attempts.delete(key);
    this.#attempts.set(key, { count, lastAtMs: now, blockedUntilMs: now + delayMs });
    const [oldest] = this.#attempts.keys();
    if (this.#attempts.size > maxKeys && oldest !== undefined) this.#attempts.delete(oldest);
  }

  /** The attempt was right: takes its count back. */
  refund(key: string): void {
    const attempts = this.#attempts.get(key);
    if (!attempts) return;
    if (attempts.count <= 1) this.#attempts.delete(key);
    else this.#attempts.set(key, { ...attempts, count: attempts.count - 1, blockedUntilMs: 0 });
  }

  /** Forgets what was held against the key. */
  clear(key: string): void {
    this.#attempts.delete(key);
  }

  get size(): number {
    return this.#attempts.size;
  }

  #recent(key: string): Attempts | undefined {
    const attempts = this.#attempts.get(key);
    if (attempts === undefined || this.#deps.clock.now() - attempts.lastAtMs < this.#deps.forgetAfterMs)
      return attempts;
    this.#attempts.delete(key);
    return undefined;
  }
}

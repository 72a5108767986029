import type { Clock, Timer } from '../../../observability/index.ts';

/** How long a failover waits for a new offer of the browser, in milliseconds. */
const patienceMs = 2000;

/** Waiting for the browser to offer anew. */
export class OfferWait {
  readonly #clock: Clock;
  #timer: Timer | undefined;
  #resolve: ((hasCome: boolean) => void) | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get isOn(): boolean {
    return this.#resolve !== null;
  }

  /** Resolves with whether one came in time. */
  begin(): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    this.#resolve = resolve;
    this.#timer = this.#clock.setTimeout(() => this.over(false), patienceMs);
    return promise;
  }

  /** Idempotent. */
  over(hasCome: boolean): void {
    this.#clock.clearTimeout(this.#timer);
    this.#resolve?.(hasCome);
    this.#resolve = null;
  }
}

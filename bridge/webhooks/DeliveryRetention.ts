import { type Clock, drop, type Logger, type Timer } from '../observability/index.ts';
import type { WebhookDeliveryStore } from '../storage/index.ts';

export interface DeliveryRetentionDeps {
  readonly deliveries: Pick<WebhookDeliveryStore, 'forget'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

const everyMs = 3_600_000;
/** Deliveries at a time: calls' records wait for these and no longer. */
const atATime = 200;
const pauseMs = 250;

/** Has the log of deliveries forgotten when it is old: events name who talked with whom. Begins at once. */
export class DeliveryRetention {
  readonly #deps: DeliveryRetentionDeps;
  readonly #keepMs: number;
  #timer: Timer | undefined;
  #work: Promise<void> = Promise.resolve();
  #isClosed = false;

  /** `keepMs`: age in milliseconds. */
  constructor(deps: DeliveryRetentionDeps, { keepMs }: { readonly keepMs: number }) {
    this.#deps = deps;
    this.#keepMs = keepMs;
    this.#begin();
  }

  /** Resolves when nothing is under way any more. Idempotent. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#deps.clock.clearTimeout(this.#timer);
    await this.#work;
  }

  #begin(): void {
    this.#work = this.#someOfThem();
    drop(this.#work, this.#deps.logger, 'forgetting deliveries of webhooks');
  }

  /** Whatever is left, or goes wrong, is left to the next time. */
  async #someOfThem(): Promise<void> {
    const { deliveries, clock, logger } = this.#deps;
    let forgotten = 0;
    try {
      forgotten = await deliveries.forget(clock.now() - this.#keepMs, atATime);
    } catch (error) {
      logger.warn({ error }, 'Old deliveries of webhooks could not be forgotten; it is tried again in an hour');
    }
    if (this.#isClosed) return;
    this.#timer = clock.setTimeout(() => this.#begin(), forgotten === atATime ? pauseMs : everyMs);
    this.#timer.unref();
  }
}

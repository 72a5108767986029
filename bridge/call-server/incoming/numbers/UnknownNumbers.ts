import type { GatewayId } from '../../../../shared/domain/index.ts';
import type { Clock, Logger, Timer } from '../../../observability/index.ts';

/** A gateway that calls one wrong number after another is told of once in this time, in milliseconds. */
const intervalMs = 60_000;

/**
 * Calls to numbers that aren't ours: no record, and one line of the log for each gateway and minute, with how many there were. The
 * first is told at once, since it is how a new number that nobody has set up yet is noticed.
 */
export class UnknownNumbers {
  readonly #deps: { readonly clock: Clock; readonly logger: Logger };
  readonly #counts = new Map<GatewayId, { more: number; lastNumber: string | null; readonly timer: Timer }>();

  constructor(deps: { readonly clock: Clock; readonly logger: Logger }) {
    this.#deps = deps;
  }

  count(gatewayId: GatewayId, calledNumber: string | null): void {
    const present = this.#counts.get(gatewayId);
    if (present) {
      present.more += 1;
      present.lastNumber = calledNumber;
      return;
    }
    const { clock, logger } = this.#deps;
    logger.warn({ gatewayId, calledNumber }, 'A gateway called a number that is not ours');
    const timer = clock.setTimeout(() => this.#tell(gatewayId), intervalMs);
    timer.unref();
    this.#counts.set(gatewayId, { more: 0, lastNumber: null, timer });
  }

  /** Stops the timers. Idempotent. */
  close(): void {
    for (const { timer } of this.#counts.values()) this.#deps.clock.clearTimeout(timer);
    this.#counts.clear();
  }

  #tell(gatewayId: GatewayId): void {
    const { more = 0, lastNumber = null } = this.#counts.get(gatewayId) ?? {};
    this.#counts.delete(gatewayId);
    if (more === 0) return;
    this.#deps.logger.warn(
      { gatewayId, count: more, calledNumber: lastNumber },
      'A gateway called more numbers that are not ours',
    );
  }
}

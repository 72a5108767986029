import { EventEmitter } from 'node:events';
import type { Gateway } from '../../../shared/admin/index.ts';
import type { GatewayId } from '../../../shared/domain/index.ts';
import { type Clock, drop, type Logger, type Timer } from '../../observability/index.ts';
import type { ProbeResult, SipPeer } from '../../sip-stack/index.ts';
import type { Collection } from '../../storage/index.ts';
import { toSipPeer } from '../gateways/toSipPeer.ts';
import {
  type GatewayStatus,
  type ProbeOutcome,
  type ProbeThresholds,
  statusAfterProbe,
  unknownStatus,
} from './GatewayStatus.ts';

export interface GatewayMonitorDeps {
  readonly gateways: Pick<Collection<Gateway>, 'list' | 'get'>;
  readonly statuses: Collection<GatewayStatus>;
  readonly sip: { probe(peer: SipPeer, options: { timeoutMs: number }): Promise<ProbeResult> };
  readonly clock: Clock;
  readonly logger: Logger;
  /** 0 to 1, evenly; spreads the probes so that gateways are not all asked at the same moment. */
  readonly random: () => number;
}

export interface GatewayMonitorOptions extends ProbeThresholds {
  readonly intervalMs: number;
  readonly timeoutMs: number;
}

export interface GatewayMonitorEvents {
  /** A gateway's state became another one. */
  stateChanged: [{ gatewayId: GatewayId; from: GatewayStatus['state']; to: GatewayStatus['state'] }];
}

/** While a gateway is not settled in a state, the next probe comes sooner by this factor. */
const unsettledHaste = 5;

/** Probes every enabled gateway by SIP OPTIONS and keeps its status. */
export class GatewayMonitor extends EventEmitter<GatewayMonitorEvents> {
  readonly #deps: GatewayMonitorDeps;
  readonly #options: GatewayMonitorOptions;
  readonly #timers = new Map<GatewayId, Timer>();
  #isClosed = false;

  constructor(deps: GatewayMonitorDeps, options: GatewayMonitorOptions) {
    super();
    this.#deps = deps;
    this.#options = options;
  }

  /** Begins to probe every gateway that is in the database and not yet watched; resolves when each was probed once. */
  async watchAll(): Promise<void> {
    const gateways = await this.#deps.gateways.list();
    await Promise.all(gateways.filter(({ id }) => !this.#timers.has(id)).map(({ id }) => this.#probe(id)));
  }

  /** A call's 503 said when to come back. */
  async leaveAlone(gatewayId: GatewayId, forMs: number): Promise<void> {
    const resumeAtMs = this.#deps.clock.now() + forMs;
    await this.#deps.statuses.update(gatewayId, (status) => ({ ...(status ?? unknownStatus(gatewayId)), resumeAtMs }));
  }

  /** A call got no answer from it: counts as a failed probe, and the next probe comes at once. */
  async suspect(gatewayId: GatewayId, problem: string): Promise<void> {
    if (this.#isClosed) return;
    await this.#note(gatewayId, { isReachable: false, problem, retryAfterMs: null });
    await this.#probe(gatewayId);
  }

  close(): void {
    this.#isClosed = true;
    for (const timer of this.#timers.values()) this.#deps.clock.clearTimeout(timer);
    this.#timers.clear();
  }

  async #probe(gatewayId: GatewayId): Promise<void> {
    const gateway = await this.#deps.gateways.get(gatewayId);
    if (!gateway?.isEnabled || this.#isClosed) {
      this.#timers.delete(gatewayId);
      return;
    }
    const result = await this.#deps.sip.probe(toSipPeer(gateway), { timeoutMs: this.#options.timeoutMs });
    if (this.#isClosed) return;
    this.#schedule(gatewayId, await this.#note(gatewayId, toOutcome(result)));
  }

  /** The status after one more outcome; a change of state is told. */
  async #note(gatewayId: GatewayId, outcome: ProbeOutcome): Promise<GatewayStatus> {
    let before = unknownStatus(gatewayId);
    const context = { thresholds: this.#options, nowMs: this.#deps.clock.now() };
    const after = await this.#deps.statuses.update(gatewayId, (status) => {
      before = status ?? unknownStatus(gatewayId);
      return statusAfterProbe(before, outcome, context);
    });
    if (after && after.state !== before.state) this.#announce(before, after);
    return after ?? before;
  }

  #schedule(gatewayId: GatewayId, status: GatewayStatus): void {
    if (this.#isClosed) return;
    const { intervalMs, failuresUntilDown } = this.#options;
    const isUnsettled =
      status.state === 'unknown' ||
      (status.state === 'up' && status.failures > 0 && status.failures < failuresUntilDown);
    const base = isUnsettled ? intervalMs / unsettledHaste : intervalMs;
    const timer = this.#deps.clock.setTimeout(
      () => drop(this.#probe(gatewayId), this.#deps.logger, 'probing a gateway'),
      base * (0.9 + 0.2 * this.#deps.random()),
    );
    timer.unref();
    // A suspicion may have probed it while a probe was already set.
    this.#deps.clock.clearTimeout(this.#timers.get(gatewayId));
    this.#timers.set(gatewayId, timer);
  }

  #announce(before: GatewayStatus, after: GatewayStatus): void {
    const { id: gatewayId, state, problem } = after;
    if (state === 'down') this.#deps.logger.warn({ gatewayId, problem }, 'Gateway is down');
    else this.#deps.logger.info({ gatewayId, roundTripMs: after.roundTripMs }, 'Gateway is up');
    this.emit('stateChanged', { gatewayId, from: before.state, to: state });
  }
}

/** Any answer shows that the gateway lives, but one that says it cannot serve (503) or that nobody is behind it (408). */
function toOutcome(result: ProbeResult): ProbeOutcome {
  const retryAfterMs = result.retryAfterMs ?? null;
  if (!result.isReachable) return { isReachable: false, problem: result.problem ?? 'no answer', retryAfterMs };
  if (result.status === 503 || result.status === 408) {
    return { isReachable: false, problem: `answered ${result.status}`, retryAfterMs };
  }
  return { isReachable: true, roundTripMs: result.roundTripMs ?? null, retryAfterMs };
}

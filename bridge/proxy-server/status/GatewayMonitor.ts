import type { Gateway } from '../../../shared/admin/index.ts';
import type { GatewayId } from '../../../shared/domain/index.ts';
import { type Clock, drop, type Logger, type Timer } from '../../observability/index.ts';
import type { SipStack } from '../../sip-stack/index.ts';
import { toSipPeer } from '../gateways/toSipPeer.ts';
import type { GatewayStatus } from './GatewayStatus.ts';
import { probeGateway } from './probeGateway.ts';
import { isUnsettled, type ProbeThresholds, statusAfterProbe, statusAfterSuspicion } from './probeOutcome.ts';
import type { StatusBook } from './StatusBook.ts';

export interface GatewayMonitorDeps {
  readonly gateways: { get(id: GatewayId): Gateway | undefined; readonly all: readonly Gateway[] };
  readonly statuses: Pick<StatusBook, 'get' | 'change'>;
  readonly sip: Pick<SipStack, 'locate' | 'probe' | 'noteFailure'>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** 0 to 1, evenly; spreads the probes so that gateways are not all asked at the same moment. */
  readonly random: () => number;
}

export interface GatewayMonitorOptions extends ProbeThresholds {
  readonly intervalMs: number;
  readonly timeoutMs: number;
}

/** While a gateway is not settled in a state, the next probe comes sooner by this factor. */
const unsettledHaste = 5;
/** Of many gateways that appear at once each is first probed so many milliseconds after the one before. */
const startGapMs = 5;

/**
 * Asks every gateway by SIP OPTIONS whether it lives, at every place that it can be reached at: it is up when one of them answers.
 * Call servers that share the states take turns.
 */
export class GatewayMonitor {
  readonly #deps: GatewayMonitorDeps;
  readonly #options: GatewayMonitorOptions;
  readonly #timers = new Map<GatewayId, Timer>();
  readonly #probing = new Set<GatewayId>();
  #isClosed = false;

  constructor(deps: GatewayMonitorDeps, options: GatewayMonitorOptions) {
    this.#deps = deps;
    this.#options = options;
  }

  /** Begins to probe gateways that are new, and those of `changed` anew; stops for those that are gone or switched off. */
  watch(changed: ReadonlySet<GatewayId> = new Set()): void {
    if (this.#isClosed) return;
    const wanted = new Set(this.#deps.gateways.all.filter(isProbed).map(({ id }) => id));
    for (const id of this.#timers.keys()) if (!wanted.has(id)) this.#clearTimer(id);
    const due = [...wanted].filter((id) => !this.#timers.has(id) || changed.has(id));
    for (const [index, id] of due.entries()) this.#setTimer(id, index * startGapMs);
  }

  /** A call got no answer from it: counts as a failed probe, and the next probe comes at once. */
  async suspect(gatewayId: GatewayId, problem: string): Promise<void> {
    const gateway = this.#deps.gateways.get(gatewayId);
    if (!gateway || !isProbed(gateway) || this.#isClosed) return;
    await this.#deps.statuses.change(gatewayId, (status) =>
      statusAfterSuspicion({ ...status, nextProbeAtMs: 0 }, problem, { thresholds: this.#options }),
    );
    await this.#takeTurn(gatewayId);
  }

  close(): void {
    this.#isClosed = true;
    for (const id of [...this.#timers.keys()]) this.#clearTimer(id);
  }

  /** Probes the gateway unless another call server does, or it asked to be left alone. */
  async #takeTurn(id: GatewayId): Promise<void> {
    const gateway = this.#deps.gateways.get(id);
    if (!gateway || !isProbed(gateway) || this.#isClosed || this.#probing.has(id)) return;
    this.#probing.add(id);
    try {
      const nowMs = this.#deps.clock.now();
      let isOurs = false;
      const status = await this.#deps.statuses.change(id, (present) => {
        isOurs = Math.max(present.nextProbeAtMs, present.restUntilMs ?? 0) <= nowMs;
        // Should we die meanwhile, another one takes over when a probe would have ended.
        return isOurs ? { ...present, nextProbeAtMs: nowMs + this.#options.timeoutMs * 2 } : present;
      });
      this.#setTimerBy(isOurs ? await this.#probe(gateway) : status);
    } finally {
      this.#probing.delete(id);
    }
  }

  async #probe(gateway: Gateway): Promise<GatewayStatus | undefined> {
    const { sip, clock, statuses } = this.#deps;
    const { acceptedStatuses } = gateway.probes;
    const outcome = await probeGateway(sip, toSipPeer(gateway), {
      timeoutMs: this.#options.timeoutMs,
      acceptedStatuses,
    });
    if (this.#isClosed) return undefined;
    return statuses.change(gateway.id, (status) => {
      const nowMs = clock.now();
      const probed = statusAfterProbe(status, outcome, { thresholds: this.#options, nowMs });
      return { ...probed, nextProbeAtMs: nowMs + this.#delayAfter(probed) };
    });
  }

  /** With a tenth of jitter either way. */
  #delayAfter({ probes }: GatewayStatus): number {
    const { intervalMs } = this.#options;
    const base = isUnsettled(probes) ? intervalMs / unsettledHaste : intervalMs;
    return Math.round(base * (0.9 + 0.2 * this.#deps.random()));
  }

  #setTimerBy(status: GatewayStatus | undefined): void {
    if (!status) return;
    const dueAtMs = Math.max(status.nextProbeAtMs, status.restUntilMs ?? 0);
    this.#setTimer(status.id, Math.max(0, dueAtMs - this.#deps.clock.now()));
  }

  #setTimer(id: GatewayId, delayMs: number): void {
    this.#clearTimer(id);
    if (this.#isClosed) return;
    const { clock, logger } = this.#deps;
    const timer = clock.setTimeout(() => drop(this.#takeTurn(id), logger, 'probing a gateway'), delayMs);
    timer.unref();
    this.#timers.set(id, timer);
  }

  #clearTimer(id: GatewayId): void {
    this.#deps.clock.clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
  }
}

function isProbed({ isEnabled, probes }: Gateway): boolean {
  return isEnabled && probes.isOn;
}

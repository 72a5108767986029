import type { CallId, GatewayId } from '../../../shared/domain/index.ts';
import { type Clock, drop, type Logger } from '../../observability/index.ts';
import type { FigureBook } from '../figures/FigureBook.ts';
import type { GatewayCallReport } from '../GatewayCallReport.ts';
import { type AttemptOutcome, type BreakerOptions, breakerAfter } from './Breaker.ts';
import type { GatewayMonitor } from './GatewayMonitor.ts';
import { statusAtRest } from './probeOutcome.ts';
import type { StatusBook } from './StatusBook.ts';

export interface CallReportsDeps {
  readonly statuses: Pick<StatusBook, 'change'>;
  readonly figures: Pick<FigureBook, 'count'>;
  readonly monitor: Pick<GatewayMonitor, 'suspect'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly logger: Logger;
}

/** What has been counted of a call at a gateway. */
type Countable = 'tried' | 'rung' | 'answered' | 'failed' | 'well';

/** Bounds the memory, should calls be forgotten. */
const openCallsAtMost = 100_000;

/** Takes from calls what they found out about gateways: figures, health, rest. Each thing counts once for a call at a gateway. */
export class CallReports {
  readonly #deps: CallReportsDeps;
  readonly #options: BreakerOptions;
  readonly #open = new Map<string, Set<Countable>>();

  constructor(deps: CallReportsDeps, options: BreakerOptions) {
    this.#deps = deps;
    this.#options = options;
  }

  take(report: GatewayCallReport): void {
    const { gatewayId } = report;
    const { figures } = this.#deps;
    // Whether our people take its calls is not the gateway's doing, and hides nothing of how it takes ours.
    if (report.isIncoming && report.kind !== 'finished') return;
    switch (report.kind) {
      case 'tried':
        if (this.#isFirst(report, 'tried')) figures.count(gatewayId, { tried: 1 });
        return;
      case 'progressed':
        if (this.#isFirst(report, 'rung')) figures.count(gatewayId, { rung: 1, delaysMs: report.postDialDelayMs });
        this.#wentWell(report);
        return;
      case 'answered':
        if (this.#isFirst(report, 'answered')) figures.count(gatewayId, { answered: 1 });
        this.#wentWell(report);
        return;
      case 'refused':
        this.#wentWell(report);
        return;
      case 'failed':
        this.#failed(report);
        return;
      case 'finished':
        if (report.mos !== null) figures.count(gatewayId, { measured: 1, scores: report.mos });
    }
  }

  /** The call has left the gateway. */
  left(gatewayId: GatewayId, callId: CallId): void {
    this.#open.delete(keyOf({ gatewayId, callId }));
  }

  #failed(report: Extract<GatewayCallReport, { kind: 'failed' }>): void {
    const { gatewayId, problem, isSilent, retryAfterMs } = report;
    const { statuses, figures, monitor, clock, logger } = this.#deps;
    if (this.#isFirst(report, 'failed')) {
      figures.count(gatewayId, { failed: 1 });
      this.#attempted(report, { isFailure: true, problem });
    }
    if (retryAfterMs !== null && retryAfterMs > 0) {
      const nowMs = clock.now();
      const resting = statuses.change(gatewayId, (status) => statusAtRest(status, nowMs + retryAfterMs, nowMs));
      drop(resting, logger, 'noting a Retry-After');
    }
    if (isSilent) drop(monitor.suspect(gatewayId, problem), logger, 'probing a silent gateway');
  }

  /** The gateway took the call. One that rang and failed later is an attempt of either kind: half of it went well. */
  #wentWell(report: GatewayCallReport): void {
    if (this.#isFirst(report, 'well')) this.#attempted(report, { isFailure: false });
  }

  #attempted(report: GatewayCallReport, outcome: AttemptOutcome): void {
    const { statuses, clock, logger } = this.#deps;
    const nowMs = clock.now();
    const noted = statuses.change(report.gatewayId, (status) => {
      const breaker = breakerAfter(status.breaker, outcome, { options: this.#options, nowMs });
      const { probes } = status;
      // A call that got through shows more than a probe; but one that is down has to prove itself to probes.
      const isSeen = !outcome.isFailure && probes.state === 'unknown';
      return { ...status, breaker, ...(isSeen && { probes: { ...probes, state: 'up' as const } }) };
    });
    drop(noted, logger, 'noting how a call at a gateway went');
  }

  #isFirst(report: GatewayCallReport, what: Countable): boolean {
    const key = keyOf(report);
    const counted = this.#open.get(key) ?? new Set<Countable>();
    if (counted.has(what)) return false;
    counted.add(what);
    this.#open.set(key, counted);
    const [oldest] = this.#open.keys();
    if (oldest !== undefined && this.#open.size > openCallsAtMost) this.#open.delete(oldest);
    return true;
  }
}

function keyOf({ gatewayId, callId }: { readonly gatewayId: GatewayId; readonly callId: CallId }): string {
  return `${gatewayId} ${callId}`;
}

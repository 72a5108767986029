import type { Gateway, GatewayStatusView } from '../../shared/admin/index.ts';
import type { CallId, CallServerId, GatewayId } from '../../shared/domain/index.ts';
import { type Clock, drop, type Logger } from '../observability/index.ts';
import type { Collection, GatewayLoadStore } from '../storage/index.ts';
import type { GatewayCallReport } from './GatewayCallReport.ts';
import type { GatewayBook } from './gateways/GatewayBook.ts';
import { namedGateways } from './selection/namedGateways.ts';
import type { GatewaySelection, SelectionRequest } from './selection/SelectionRequest.ts';
import { selectGateways } from './selection/selectGateways.ts';
import type { GatewayMonitor } from './status/GatewayMonitor.ts';
import type { GatewayStatus } from './status/GatewayStatus.ts';

export interface ProxyServerDeps {
  readonly book: Pick<GatewayBook, 'get' | 'all'>;
  readonly statuses: Pick<Collection<GatewayStatus>, 'list'>;
  readonly loads: GatewayLoadStore;
  readonly monitor: Pick<GatewayMonitor, 'suspect' | 'leaveAlone'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly logger: Logger;
}

export interface ProxyServerOptions {
  readonly callServerId: CallServerId;
}

/** Knows the gateways, how they are, and which of them should take a call. */
export class ProxyServer {
  readonly #deps: ProxyServerDeps;
  readonly #options: ProxyServerOptions;

  constructor(deps: ProxyServerDeps, options: ProxyServerOptions) {
    this.#deps = deps;
    this.#options = options;
  }

  /** Gateways for this call, in the order in which they are to be tried, with the reasons. */
  async select(request: SelectionRequest): Promise<GatewaySelection> {
    const { calledNumber, gatewayIds } = request;
    const [statuses, activeCalls] = await Promise.all([this.#deps.statuses.list(), this.#deps.loads.counts()]);
    const statusById = new Map<GatewayId, GatewayStatus>(statuses.map((status) => [status.id, status]));
    const known = {
      gateways: this.#deps.book.all,
      statuses: statusById,
      activeCalls,
      nowMs: this.#deps.clock.now(),
    };
    return gatewayIds === null ? selectGateways({ calledNumber, ...known }) : namedGateways(gatewayIds, known);
  }

  /** At once, from memory. */
  gateway(id: GatewayId): Gateway | undefined {
    return this.#deps.book.get(id);
  }

  /**
   * A place for this call at the gateway, within its bounds; with `isBound` false (emergency calls) whatever they are. The same call
   * again keeps its place.
   */
  claim(
    { id, maxCalls, maxCallsPerSecond }: Gateway,
    callId: CallId,
    { isBound = true }: { readonly isBound?: boolean } = {},
  ): Promise<'claimed' | 'full' | 'tooFast'> {
    return this.#deps.loads.claim({
      gatewayId: id,
      callId,
      callServerId: this.#options.callServerId,
      atMs: this.#deps.clock.now(),
      maxCalls: (isBound ? maxCalls : null) ?? null,
      maxCallsPerSecond: (isBound ? maxCallsPerSecond : null) ?? null,
    });
  }

  /** The call has left the gateway. Ignored where it has no place there. */
  release(gatewayId: GatewayId, callId: CallId): void {
    drop(this.#deps.loads.release(gatewayId, callId), this.#deps.logger, 'giving back a place at a gateway');
  }

  /** What a call found out about a gateway. */
  report(report: GatewayCallReport): void {
    if (report.kind !== 'failed') return;
    const { gatewayId, problem, isSilent, retryAfterMs } = report;
    const { monitor, logger } = this.#deps;
    if (retryAfterMs !== null) drop(monitor.leaveAlone(gatewayId, retryAfterMs), logger, 'noting a Retry-After');
    if (isSilent) drop(monitor.suspect(gatewayId, problem), logger, 'probing a silent gateway');
  }

  /** Undefined where there is no such gateway. */
  async statusOf(id: GatewayId): Promise<GatewayStatusView | undefined> {
    return (await this.statuses()).find(({ gatewayId }) => gatewayId === id);
  }

  /** Of every gateway. */
  async statuses(): Promise<readonly GatewayStatusView[]> {
    const [statuses, counts] = await Promise.all([this.#deps.statuses.list(), this.#deps.loads.counts()]);
    const statusById = new Map<GatewayId, GatewayStatus>(statuses.map((status) => [status.id, status]));
    const none = { tried: 0, answered: 0, failed: 0, answerRate: null, postDialDelayMs: null, mos: null };
    return this.#deps.book.all.map((gateway) => {
      const status = statusById.get(gateway.id);
      return {
        gatewayId: gateway.id,
        state: gateway.isEnabled ? (status?.state ?? 'unknown') : 'off',
        sinceMs: null,
        problem: status?.problem ?? null,
        share: 1,
        resumeAtMs: status?.resumeAtMs ?? null,
        lastProbeAtMs: status?.lastProbeAtMs ?? null,
        roundTripMs: status?.roundTripMs ?? null,
        registration: null,
        addresses: [],
        calls: counts.get(gateway.id) ?? 0,
        maxCalls: gateway.maxCalls ?? null,
        lastHour: none,
        history: [],
        changes: [],
      };
    });
  }
}

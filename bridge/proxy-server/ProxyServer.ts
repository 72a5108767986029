import { EventEmitter } from 'node:events';
import type { Gateway, GatewayStatusView } from '../../shared/admin/index.ts';
import type { CallId, CallServerId, GatewayId } from '../../shared/domain/index.ts';
import { type Clock, drop, type Logger } from '../observability/index.ts';
import type { GatewayLoadStore } from '../storage/index.ts';
import type { FigureBook } from './figures/FigureBook.ts';
import type { QuartersOfGateway } from './figures/quarters.ts';
import type { GatewayCallReport } from './GatewayCallReport.ts';
import type { GatewayBook } from './gateways/GatewayBook.ts';
import type { RouteBook } from './routes/RouteBook.ts';
import { namedGateways } from './selection/namedGateways.ts';
import type { Regions } from './selection/Regions.ts';
import { RouteMembers } from './selection/RouteMembers.ts';
import type { GatewaySelection, SelectionRequest } from './selection/SelectionRequest.ts';
import { type SelectionKnowledge, selectGateways } from './selection/selectGateways.ts';
import type { CallReports } from './status/CallReports.ts';
import type { StateChange, StatusBook } from './status/StatusBook.ts';
import { toStatusView } from './status/toStatusView.ts';
import type { TrunkRegistrations } from './trunk-registration/TrunkRegistrations.ts';

export interface ProxyServerDeps {
  readonly book: Pick<GatewayBook, 'get' | 'all' | 'index'>;
  readonly routes: Pick<RouteBook, 'find'>;
  readonly statuses: Pick<StatusBook, 'get' | 'healthOf' | 'changesOf' | 'on'>;
  readonly reports: Pick<CallReports, 'take' | 'left'>;
  readonly figures: Pick<FigureBook, 'qualityOf' | 'read' | 'readAll'>;
  readonly registrations: Pick<TrunkRegistrations, 'stateOf'>;
  readonly loads: GatewayLoadStore;
  readonly regions: Pick<Regions, 'distanceTo'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly logger: Logger;
  /** 0 to 1, evenly. */
  readonly random: () => number;
}

export interface ProxyServerOptions {
  readonly callServerId: CallServerId;
}

export interface ProxyServerEvents {
  /** A gateway's state became another one; told once, by the call server that found out. */
  stateChanged: [StateChange];
}

/** Knows the gateways, how they are, and which of them should take a call. */
export class ProxyServer extends EventEmitter<ProxyServerEvents> {
  readonly #deps: ProxyServerDeps;
  readonly #options: ProxyServerOptions;
  readonly #members: RouteMembers;

  constructor(deps: ProxyServerDeps, options: ProxyServerOptions) {
    super();
    this.#deps = deps;
    this.#options = options;
    this.#members = new RouteMembers(deps.book.index);
    deps.statuses.on('stateChanged', (change) => this.emit('stateChanged', change));
  }

  /** Gateways for this call, in the order in which they are to be tried, with the reasons. Takes no place. */
  async select(request: SelectionRequest): Promise<GatewaySelection> {
    const { book, routes, loads, statuses, figures, regions, clock, random } = this.#deps;
    const nowMs = clock.now();
    const [calls, pauses] = await Promise.all([loads.counts(), loads.pauses(nowMs)]);
    const knowledge: SelectionKnowledge = {
      ...{ index: book.index, members: this.#members, routes, calls, pauses, nowMs, random },
      healthOf: (id) => {
        const health = statuses.healthOf(id);
        return health.state === 'down' ? { problem: `down: ${health.problem}`, share: health.share } : health;
      },
      qualityOf: (id) => figures.qualityOf(id),
      distanceTo: (region) => regions.distanceTo(region),
    };
    return request.gatewayIds === null
      ? selectGateways(request, knowledge)
      : namedGateways(request.gatewayIds, knowledge);
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

  /** The call has left the gateway; said once all has been reported. Ignored where it has no place there. */
  release(gatewayId: GatewayId, callId: CallId): void {
    const { loads, reports, logger } = this.#deps;
    reports.left(gatewayId, callId);
    drop(loads.release(gatewayId, callId), logger, 'giving back a place at a gateway');
  }

  /** What a call found out about a gateway. */
  report(report: GatewayCallReport): void {
    this.#deps.reports.take(report);
  }

  /** Undefined where there is no such gateway. */
  async statusOf(id: GatewayId): Promise<GatewayStatusView | undefined> {
    const gateway = this.gateway(id);
    if (!gateway) return undefined;
    const [quarters, counts] = await Promise.all([this.#deps.figures.read(id), this.#deps.loads.counts()]);
    return this.#view(gateway, quarters, counts.get(id) ?? 0);
  }

  /** Of every gateway, by id. */
  async statuses(): Promise<readonly GatewayStatusView[]> {
    const { book, figures, loads } = this.#deps;
    const [quarters, counts] = await Promise.all([figures.readAll(), loads.counts()]);
    return Promise.all(
      book.all.map((gateway) => this.#view(gateway, quarters.get(gateway.id), counts.get(gateway.id) ?? 0)),
    );
  }

  async #view(gateway: Gateway, quarters: QuartersOfGateway | undefined, calls: number): Promise<GatewayStatusView> {
    const { statuses, registrations, clock } = this.#deps;
    const { id } = gateway;
    return toStatusView({
      ...{ gateway, quarters, calls },
      status: statuses.get(id),
      health: statuses.healthOf(id),
      registration: registrations.stateOf(id),
      changes: await statuses.changesOf(id),
      nowMs: clock.now(),
    });
  }
}

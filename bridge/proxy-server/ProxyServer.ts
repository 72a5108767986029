import type { Gateway } from '../../shared/admin/index.ts';
import type { GatewayId } from '../../shared/domain/index.ts';
import type { Clock } from '../observability/index.ts';
import type { ActiveCallStore, Collection } from '../storage/index.ts';
import type { GatewayStatus } from './GatewayStatus.ts';
import { namedGateways } from './namedGateways.ts';
import { type GatewaySelection, selectGateways } from './selectGateways.ts';

export interface ProxyServerDeps {
  readonly gateways: Pick<Collection<Gateway>, 'list'>;
  readonly statuses: Pick<Collection<GatewayStatus>, 'list'>;
  readonly activeCalls: Pick<ActiveCallStore, 'countsByGateway'>;
  readonly clock: Pick<Clock, 'now'>;
}

/** Knows the gateways and which of them should take a call. */
export class ProxyServer {
  readonly #deps: ProxyServerDeps;

  constructor(deps: ProxyServerDeps) {
    this.#deps = deps;
  }

  /**
   * Gateways for this number, in the order in which they are to be tried, with the reasons. `gatewayIds` is emergency routing:
   * these, in this order, whatever speaks against them; the number is then no E.164 and decides nothing.
   */
  async select(
    calledNumber: string,
    { gatewayIds = null }: { readonly gatewayIds?: readonly GatewayId[] | null } = {},
  ): Promise<GatewaySelection> {
    const [gateways, statuses, activeCalls] = await Promise.all([
      this.#deps.gateways.list(),
      this.#deps.statuses.list(),
      this.#deps.activeCalls.countsByGateway(),
    ]);
    const statusById = new Map<GatewayId, GatewayStatus>(statuses.map((status) => [status.id, status]));
    const known = { gateways, statuses: statusById, activeCalls, nowMs: this.#deps.clock.now() };
    return gatewayIds === null ? selectGateways({ calledNumber, ...known }) : namedGateways(gatewayIds, known);
  }
}

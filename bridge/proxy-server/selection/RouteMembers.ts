import type { Route } from '../../../shared/admin/index.ts';
import { byId, type GatewayIndex, type IndexedGateway } from '../gateways/GatewayIndex.ts';
import type { RouteEntries } from './orderGateways.ts';
import type { SelectionStep } from './SelectionRequest.ts';
import { stepWithout } from './Sieve.ts';

/** The gateways that a route names. */
export interface NamedMembers {
  /** Those that there are, by id. */
  readonly gateways: readonly IndexedGateway[];
  readonly entries: RouteEntries;
  /** What the choice says of it. */
  readonly step: SelectionStep;
}

/** Looks up once what routes name, until gateways change: a route of forty gateways is asked for each of its calls. */
export class RouteMembers {
  readonly #index: Pick<GatewayIndex, 'ordered' | 'get'>;
  /** Routes are values. All is forgotten when gateways change, so that none that are gone are kept in memory. */
  #known = new WeakMap<Route, NamedMembers>();
  #of: readonly IndexedGateway[] = [];

  constructor(index: Pick<GatewayIndex, 'ordered' | 'get'>) {
    this.#index = index;
  }

  /** For routes that name gateways. */
  of(route: Route): NamedMembers {
    const all = this.#index.ordered;
    if (this.#of !== all) {
      this.#known = new WeakMap();
      this.#of = all;
    }
    const known = this.#known.get(route);
    if (known) return known;
    const members = membersOf(route, this.#index);
    this.#known.set(route, members);
    return members;
  }
}

function membersOf(route: Route, index: Pick<GatewayIndex, 'ordered' | 'get'>): NamedMembers {
  const entries = new Map(route.gateways.map((entry) => [entry.gatewayId, entry]));
  const ids = [...entries.keys()];
  const gateways = ids.flatMap((id) => index.get(id) ?? []).sort(byId);
  const missing = ids.filter((id) => index.get(id) === undefined);
  const step = stepWithout(
    'route',
    { of: index.ordered, leaving: index.ordered.length - gateways.length },
    ({ id }) => (entries.has(id) ? null : 'not on this route'),
    {
      note: `${nameOf(route)}: ${gateways.length} gateways, by ${route.strategy}`,
      dropped: missing.map((gatewayId) => ({ gatewayId, why: 'there is no such gateway' })),
    },
  );
  return { gateways, entries, step };
}

/** As people know it. */
export function nameOf({ id, name }: Pick<Route, 'id' | 'name'>): string {
  return name === undefined ? id : `${name} (${id})`;
}

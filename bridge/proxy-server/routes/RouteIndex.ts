import type { Route } from '../../../shared/admin/index.ts';
import { OpeningHours, type ZoneClocks } from '../../calendar/index.ts';
import { Beginnings } from '../gateways/Beginnings.ts';
import { type Compiled, LiveEntities } from '../gateways/LiveEntities.ts';
import { PrefixLists } from '../gateways/PrefixLists.ts';
import type { SelectionRequest } from '../selection/SelectionRequest.ts';

/** A route made ready for matching. Null: no bound. */
interface IndexedRoute extends Compiled<Route> {
  readonly brands: ReadonlySet<string> | null;
  readonly groups: ReadonlySet<string> | null;
  readonly types: ReadonlySet<string> | null;
  readonly hours: OpeningHours | null;
  /** How many of the four it names. */
  readonly bounds: number;
}

export type RouteQuery = Pick<SelectionRequest, 'calledNumber' | 'type' | 'caller'> & { readonly atMs: number };

/** Entries after which others may have their turn. */
const entriesAtOnce = 256;

/** The routes by their prefixes. */
export class RouteIndex {
  readonly #prefixes = new PrefixLists<IndexedRoute>();
  readonly #routes: LiveEntities<Route, IndexedRoute>;

  constructor(clocks: ZoneClocks) {
    this.#routes = new LiveEntities<Route, IndexedRoute>({
      compile: (route) => compileRoute(route, clocks),
      insert: (route) => this.#insert(route),
      remove: (route) => this.#remove(route),
    });
  }

  /** Resolves when these and no others are found; look-ups go on meanwhile. */
  apply(routes: readonly Route[]): Promise<void> {
    return this.#routes.apply(routes);
  }

  /**
   * Of the routes that match the one with the longest matching prefix; among those the one that names more (brands, groups, types,
   * hours), then the lowest order, then the id.
   */
  find(query: RouteQuery): Route | null {
    for (const routes of this.#prefixes.of(new Beginnings(query.calledNumber))) {
      let best: IndexedRoute | null = null;
      for (const route of routes) {
        if (best !== null && isBefore(best, route)) continue;
        if (doesMatch(route, query)) best = route;
      }
      if (best !== null) return best.entity;
    }
    return null;
  }

  *#insert(route: IndexedRoute): Iterable<void> {
    let entries = 0;
    for (const prefix of new Set(route.entity.prefixes)) {
      this.#prefixes.add(prefix, route);
      entries += 1;
      if (entries % entriesAtOnce === 0) yield;
    }
  }

  *#remove(route: IndexedRoute): Iterable<void> {
    for (const prefix of route.entity.prefixes) {
      this.#prefixes.clear(prefix, (item) => item === route);
      yield;
    }
  }
}

function compileRoute(entity: Route, clocks: ZoneClocks): IndexedRoute {
  const { brands, groups, types, hours } = entity;
  return {
    entity,
    isLive: false,
    brands: brands ? new Set(brands) : null,
    groups: groups ? new Set(groups) : null,
    types: types ? new Set(types) : null,
    hours: hours && new OpeningHours(hours, clocks),
    bounds: [brands, groups, types, hours].filter((bound) => bound != null).length,
  };
}

function doesMatch(route: IndexedRoute, { type, caller, atMs }: RouteQuery): boolean {
  const { entity, isLive, brands, groups, types, hours } = route;
  return (
    isLive &&
    entity.isEnabled &&
    (brands === null || brands.has(caller.brandId)) &&
    (types === null || (type !== null && types.has(type))) &&
    (groups === null || caller.groups.some((group) => groups.has(group))) &&
    (hours === null || hours.isOpen(atMs))
  );
}

/** Of two that match with the same prefix. */
function isBefore(a: IndexedRoute, b: IndexedRoute): boolean {
  const byOrder = b.bounds - a.bounds || a.entity.order - b.entity.order;
  return byOrder < 0 || (byOrder === 0 && a.entity.id < b.entity.id);
}

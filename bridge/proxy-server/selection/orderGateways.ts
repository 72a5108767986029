import type { Route, RouteStrategy } from '../../../shared/admin/index.ts';
import type { IndexedGateway, NumberFindings } from '../gateways/GatewayIndex.ts';

/** What the order is made of. */
export interface OrderKnowledge {
  readonly findings: NumberFindings;
  /** Calls at the gateway now. */
  callsAt(gateway: IndexedGateway): number;
  /** In kilometres; infinite: unknown. */
  distanceTo(region: string | null): number;
  /** 0 to 1; null: unknown. */
  qualityOf(gateway: IndexedGateway): number | null;
  /** Of the calls that the gateway would get: 0 to 1. */
  shareOf(gateway: IndexedGateway): number;
  /** 0 to 1, evenly. */
  readonly random: () => number;
}

export interface RankedGateway {
  readonly gateway: IndexedGateway;
  readonly priority: number;
  readonly weight: number;
  readonly calls: number;
  /** Calls for its weight. */
  readonly load: number;
  /** Of a minute; infinite: unknown. */
  readonly price: number;
  readonly connectionFee: number;
  readonly distance: number;
  readonly quality: number;
  /** By which `weighted` orders. */
  readonly lot: number;
}

type Compare = (a: RankedGateway, b: RankedGateway) => number;

/** Infinite distances and prices are equal. */
const by =
  (key: (ranked: RankedGateway) => number): Compare =>
  (a, b) => {
    const [x, y] = [key(a), key(b)];
    return x < y ? -1 : x > y ? 1 : 0;
  };

const byDistance = by(({ distance }) => distance);
const byLoad = by(({ load }) => load);
const byPrice = first(
  by(({ price }) => price),
  by(({ connectionFee }) => connectionFee),
);
const byPriority = first(
  by(({ priority }) => priority),
  byDistance,
  byPrice,
  byLoad,
  (a, b) => (a.gateway.entity.id < b.gateway.entity.id ? -1 : 1),
);

const comparisons: Record<RouteStrategy, Compare> = {
  priority: byPriority,
  weighted: by(({ lot }) => lot),
  leastCalls: first(byLoad, byPriority),
  cheapest: first(byPrice, byPriority),
  nearestRegion: first(byDistance, byPriority),
  bestQuality: first(
    by(({ quality }) => -quality),
    byPriority,
  ),
};

/**
 * The gateways in the order in which they are to be tried. One that is on its way back gets its share of those calls that it would
 * get, and comes last in the others.
 */
export function orderGateways(
  gateways: readonly IndexedGateway[],
  { strategy, route }: { readonly strategy: RouteStrategy; readonly route: Route | null },
  knowledge: OrderKnowledge,
): readonly RankedGateway[] {
  const onRoute = new Map(route?.gateways.map((entry) => [entry.gatewayId, entry]));
  const qualities = strategy === 'bestQuality' ? gateways.map((gateway) => knowledge.qualityOf(gateway)) : [];
  // One that nobody knows yet is taken for as good as the best: else it would never get to be known.
  const best = Math.max(0, ...qualities.map((quality) => quality ?? 0));
  const ranked = gateways.map((gateway, index): RankedGateway => {
    const { id, region } = gateway.entity;
    const { priority = gateway.entity.priority, weight = gateway.entity.weight } = onRoute.get(id) ?? {};
    const calls = knowledge.callsAt(gateway);
    const cost = knowledge.findings.costOf(gateway);
    return {
      ...{ gateway, priority, weight, calls },
      load: calls / weight,
      price: cost?.pricePerMinute ?? Number.POSITIVE_INFINITY,
      connectionFee: cost?.connectionFee ?? 0,
      distance: knowledge.distanceTo(region),
      quality: qualities[index] ?? best,
      lot: strategy === 'weighted' ? lotOf(weight, knowledge.random()) : 0,
    };
  });
  ranked.sort(comparisons[strategy]);
  const isLast = ranked.map(({ gateway }) => {
    const share = knowledge.shareOf(gateway);
    return share < 1 && knowledge.random() >= share;
  });
  return [...ranked.filter((_, index) => !isLast[index]), ...ranked.filter((_, index) => isLast[index])];
}

/** Why it stands where it stands. */
export function describeRank(
  { gateway, priority, weight, calls, price, distance, quality }: RankedGateway,
  strategy: RouteStrategy,
): string {
  const reasons: Record<RouteStrategy, readonly string[]> = {
    priority: [`priority ${priority}`, `${calls} calls`],
    weighted: [`weight ${weight}`],
    leastCalls: [`${calls} calls`, `weight ${weight}`],
    cheapest: [Number.isFinite(price) ? `${price} a minute` : 'price unknown'],
    nearestRegion: [Number.isFinite(distance) ? `${Math.round(distance)} km` : 'distance unknown'],
    bestQuality: [`quality ${quality}`],
  };
  return `${gateway.entity.id} (${reasons[strategy].join(', ')})`;
}

/**
 * Ordering by these draws without replacement in proportion to the weights (Efraimidis and Spirakis, "Weighted random sampling with a
 * reservoir", 2006: the keys u^(1/w), here by their logarithms).
 */
function lotOf(weight: number, random: number): number {
  return -Math.log(1 - random) / weight;
}

function first(...compares: readonly Compare[]): Compare {
  return (a, b) => {
    for (const compare of compares) {
      const order = compare(a, b);
      if (order !== 0) return order;
    }
    return 0;
  };
}

import type { Route, RouteStrategy } from '../../../shared/admin/index.ts';
import type { GatewayId } from '../../../shared/domain/index.ts';
import type { IndexedGateway, NumberFindings } from '../gateways/GatewayIndex.ts';
import { comparisons, RankedGateway } from './RankedGateway.ts';

/** What the order is made of. */
export interface OrderKnowledge {
  readonly findings: Pick<NumberFindings, 'costOf'>;
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

/** What a route says of its gateways; empty where it names none. */
export type RouteEntries = ReadonlyMap<GatewayId, Route['gateways'][number]>;

/**
 * The gateways in the order in which they are to be tried. One that is on its way back gets its share of those calls that it would
 * get, and comes last in the others.
 */
export function orderGateways(
  gateways: readonly IndexedGateway[],
  { strategy, entries }: { readonly strategy: RouteStrategy; readonly entries: RouteEntries },
  knowledge: OrderKnowledge,
): readonly RankedGateway[] {
  const qualities = strategy === 'bestQuality' ? gateways.map((gateway) => knowledge.qualityOf(gateway)) : [];
  // One that nobody knows yet is taken for as good as the best: else it would never get to be known.
  const best = Math.max(0, ...qualities.map((quality) => quality ?? 0));
  const ranked = gateways.map((gateway, index) => {
    const { id, region } = gateway.entity;
    const entry = entries.get(id);
    const weight = entry?.weight ?? gateway.entity.weight;
    return new RankedGateway(
      {
        ...{ gateway, weight },
        priority: entry?.priority ?? gateway.entity.priority,
        calls: knowledge.callsAt(gateway),
        distance: knowledge.distanceTo(region),
        quality: qualities[index] ?? best,
        lot: strategy === 'weighted' ? lotOf(weight, knowledge.random()) : 0,
      },
      knowledge.findings,
    );
  });
  ranked.sort(comparisons[strategy]);
  return withLast(ranked, ({ gateway }) => {
    const share = knowledge.shareOf(gateway);
    return share < 1 && knowledge.random() >= share;
  });
}

/** Those of which it is true come last; else their order stays. */
function withLast<T>(items: readonly T[], isLast: (item: T) => boolean): readonly T[] {
  const first: T[] = [];
  const last: T[] = [];
  for (const item of items) (isLast(item) ? last : first).push(item);
  return last.length === 0 ? first : [...first, ...last];
}

/**
 * Ordering by these draws without replacement in proportion to the weights (Efraimidis and Spirakis, "Weighted random sampling with a
 * reservoir", 2006: the keys u^(1/w), here by their logarithms).
 */
function lotOf(weight: number, random: number): number {
  return -Math.log(1 - random) / weight;
}

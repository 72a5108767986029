import type { GatewayCost, RouteStrategy } from '../../../shared/admin/index.ts';
import type { IndexedGateway, NumberFindings } from '../gateways/GatewayIndex.ts';

/** A gateway with what decides on its place. Its price is looked up where it matters: most strategies decide without it. */
export class RankedGateway {
  readonly gateway: IndexedGateway;
  readonly priority: number;
  readonly weight: number;
  readonly calls: number;
  /** In kilometres; infinite: unknown. */
  readonly distance: number;
  /** 0 to 1. */
  readonly quality: number;
  /** By which `weighted` orders. */
  readonly lot: number;
  readonly #findings: Pick<NumberFindings, 'costOf'>;
  /** undefined: not looked up; null: unknown. */
  #cost: GatewayCost | null | undefined;

  constructor(
    of: Pick<RankedGateway, 'gateway' | 'priority' | 'weight' | 'calls' | 'distance' | 'quality' | 'lot'>,
    findings: Pick<NumberFindings, 'costOf'>,
  ) {
    this.gateway = of.gateway;
    this.priority = of.priority;
    this.weight = of.weight;
    this.calls = of.calls;
    this.distance = of.distance;
    this.quality = of.quality;
    this.lot = of.lot;
    this.#findings = findings;
  }

  /** Calls for its weight. */
  get load(): number {
    return this.calls / this.weight;
  }

  /** Of a minute; infinite: unknown. */
  get price(): number {
    return this.#lookUp()?.pricePerMinute ?? Number.POSITIVE_INFINITY;
  }

  get connectionFee(): number {
    return this.#lookUp()?.connectionFee ?? 0;
  }

  #lookUp(): GatewayCost | null {
    if (this.#cost === undefined) this.#cost = this.#findings.costOf(this.gateway) ?? null;
    return this.#cost;
  }
}

type Compare = (a: RankedGateway, b: RankedGateway) => number;

const byDistance: Compare = (a, b) => compare(a.distance, b.distance);
const byLoad: Compare = (a, b) => compare(a.load, b.load);
const byPrice: Compare = (a, b) => compare(a.price, b.price) || compare(a.connectionFee, b.connectionFee);
const byPriority: Compare = (a, b) =>
  compare(a.priority, b.priority) ||
  byDistance(a, b) ||
  byPrice(a, b) ||
  byLoad(a, b) ||
  compare(a.gateway.id, b.gateway.id);

/** Which one of two comes first, by strategy. */
export const comparisons: Record<RouteStrategy, Compare> = {
  priority: byPriority,
  weighted: (a, b) => compare(a.lot, b.lot),
  leastCalls: (a, b) => byLoad(a, b) || byPriority(a, b),
  cheapest: (a, b) => byPrice(a, b) || byPriority(a, b),
  nearestRegion: (a, b) => byDistance(a, b) || byPriority(a, b),
  bestQuality: (a, b) => compare(b.quality, a.quality) || byPriority(a, b),
};

/** Infinite distances and prices are equal. */
function compare<T extends number | string>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Why it stands where it stands. */
export function describeRank(ranked: RankedGateway, strategy: RouteStrategy): string {
  return `${ranked.gateway.id} (${reasons[strategy](ranked)})`;
}

/** By strategy, so that only what is said is put into words. */
const reasons: Record<RouteStrategy, (ranked: RankedGateway) => string> = {
  priority: ({ priority, calls }) => `priority ${priority}, ${calls} calls`,
  weighted: ({ weight }) => `weight ${weight}`,
  leastCalls: ({ calls, weight }) => `${calls} calls, weight ${weight}`,
  cheapest: ({ price }) => (Number.isFinite(price) ? `${price} a minute` : 'price unknown'),
  nearestRegion: ({ distance }) => (Number.isFinite(distance) ? `${Math.round(distance)} km` : 'distance unknown'),
  bestQuality: ({ quality }) => `quality ${quality}`,
};

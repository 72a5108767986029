import type { Gateway, GatewayCost } from '../../../shared/admin/index.ts';
import { OpeningHours, type ZoneClocks } from '../../calendar/index.ts';
import { type Compiled, LiveEntities } from './LiveEntities.ts';
import { PrefixLists } from './PrefixLists.ts';

/** A gateway made ready for look-ups. */
export interface IndexedGateway extends Compiled<Gateway> {
  /** Its place in what a look-up gives. */
  readonly position: number;
  /** null: always open. */
  readonly hours: OpeningHours | null;
}

/** What gateways say of one number. */
export interface NumberFindings {
  /** Length of the gateway's longest prefix that the number begins with; 0: none. */
  prefixLengthOf(gateway: IndexedGateway): number;
  /** Of the enabled gateways those with the longest prefix that the number begins with, by id. Costs what they are, not what all are. */
  longest(): readonly IndexedGateway[];
  /** By the longest prefix; undefined: unknown. */
  costOf(gateway: IndexedGateway): GatewayCost | undefined;
}

interface PricedGateway {
  readonly gateway: IndexedGateway;
  readonly cost: GatewayCost;
}

/** Entries after which others may have their turn. */
const entriesAtOnce = 256;

/** Gateways by the prefixes that they serve and that they have prices for. */
export class GatewayIndex {
  readonly #prefixes = new PrefixLists<IndexedGateway>();
  readonly #costs = new PrefixLists<PricedGateway>();
  readonly #gateways: LiveEntities<Gateway, IndexedGateway>;
  /** Positions that were given back. */
  readonly #freePositions: number[] = [];
  #positions = 0;
  /** What `enabled` was made of, and what it was. */
  #enabledOf: { readonly all: readonly IndexedGateway[]; readonly enabled: readonly IndexedGateway[] } | null = null;

  constructor(clocks: ZoneClocks) {
    this.#gateways = new LiveEntities<Gateway, IndexedGateway>({
      compile: (entity) => ({
        entity,
        isLive: false,
        position: this.#freePositions.pop() ?? this.#positions++,
        hours: entity.hours && new OpeningHours(entity.hours, clocks),
      }),
      insert: (gateway) => this.#insert(gateway),
      remove: (gateway) => this.#remove(gateway),
    });
  }

  /** By id. */
  get ordered(): readonly IndexedGateway[] {
    return this.#gateways.ordered;
  }

  /** Those that are switched on, by id. */
  get enabled(): readonly IndexedGateway[] {
    const all = this.ordered;
    if (this.#enabledOf?.all !== all) this.#enabledOf = { all, enabled: all.filter(({ entity }) => entity.isEnabled) };
    return this.#enabledOf.enabled;
  }

  get(id: string): IndexedGateway | undefined {
    return this.#gateways.get(id);
  }

  /** How much it holds. */
  get entries(): { readonly prefixes: number; readonly prices: number; readonly positions: number } {
    return { prefixes: this.#prefixes.size, prices: this.#costs.size, positions: this.#positions };
  }

  /** Resolves when these and no others are found; look-ups go on meanwhile. */
  apply(gateways: readonly Gateway[]): Promise<void> {
    return this.#gateways.apply(gateways);
  }

  /** `number`: E.164. */
  find(number: string): NumberFindings {
    // From the longest to the shortest: the first one counts. What is being put in or taken out is nobody whom one asks for.
    const lists = this.#prefixes.of(number).toReversed();
    let costs: (GatewayCost | undefined)[] | null = null;
    return {
      // Only few are asked about: to look for them among the number's own is less than to write down all of these.
      prefixLengthOf: (gateway) => lists.find(({ items }) => items.includes(gateway))?.length ?? 0,
      longest: () => {
        for (const { items } of lists) {
          const found = items.filter(({ isLive, entity }) => isLive && entity.isEnabled);
          if (found.length > 0) return found.sort(byId);
        }
        return [];
      },
      costOf: ({ position }) => {
        costs ??= this.#costsOf(number);
        return costs[position];
      },
    };
  }

  #costsOf(number: string): (GatewayCost | undefined)[] {
    const costs = new Array<GatewayCost | undefined>(this.#positions);
    for (const { items } of this.#costs.of(number)) {
      for (const { gateway, cost } of items) costs[gateway.position] = cost;
    }
    return costs;
  }

  *#insert(gateway: IndexedGateway): Iterable<void> {
    let entries = 0;
    for (const prefix of new Set(gateway.entity.prefixes)) {
      this.#prefixes.add(prefix, gateway);
      entries += 1;
      if (entries % entriesAtOnce === 0) yield;
    }
    for (const cost of gateway.entity.costs) {
      this.#costs.add(cost.prefix, { gateway, cost });
      entries += 1;
      if (entries % entriesAtOnce === 0) yield;
    }
  }

  *#remove(gateway: IndexedGateway): Iterable<void> {
    for (const prefix of gateway.entity.prefixes) {
      this.#prefixes.clear(prefix, (item) => item === gateway);
      yield;
    }
    for (const { prefix } of gateway.entity.costs) {
      this.#costs.clear(prefix, (item) => item.gateway === gateway);
      yield;
    }
    this.#freePositions.push(gateway.position);
  }
}

export function byId(a: IndexedGateway, b: IndexedGateway): number {
  return a.entity.id < b.entity.id ? -1 : 1;
}

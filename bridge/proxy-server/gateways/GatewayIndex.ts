import type { Gateway, GatewayCost } from '../../../shared/admin/index.ts';
import type { CodecName, GatewayId } from '../../../shared/domain/index.ts';
import { OpeningHours, type ZoneClocks } from '../../calendar/index.ts';
import { Beginnings } from './Beginnings.ts';
import { type Compiled, LiveEntities } from './LiveEntities.ts';
import type { PositionList } from './PositionList.ts';
import { PositionLists } from './PositionLists.ts';

/** A gateway made ready for look-ups. What each choice asks of it is here: an entry is large, and seldom in the processor's cache. */
export interface IndexedGateway extends Compiled<Gateway> {
  readonly id: GatewayId;
  readonly isEnabled: boolean;
  readonly maxCalls: number | undefined;
  /** One and the same list for all gateways that speak the same. */
  readonly codecs: readonly CodecName[];
  /** null: always open. */
  readonly hours: OpeningHours | null;
  /** Its place in the lists of prefixes and prices. */
  readonly position: number;
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

/** All gateways by id, and by whether they are switched on. */
interface Switches {
  readonly all: readonly IndexedGateway[];
  readonly enabled: readonly IndexedGateway[];
  readonly disabled: readonly IndexedGateway[];
}

/** Entries after which others may have their turn. */
const entriesAtOnce = 256;

/** Gateways by the prefixes that they serve and that they have prices for. */
export class GatewayIndex {
  readonly #prefixes = new PositionLists<IndexedGateway>();
  readonly #prices = new PositionLists<GatewayCost>();
  readonly #gateways: LiveEntities<Gateway, IndexedGateway>;
  /** Positions that were given back. */
  readonly #freePositions: number[] = [];
  #positions = 0;
  /** There are few codecs, and fewer lists of them. */
  readonly #codecs = new Map<string, readonly CodecName[]>();
  #switches: Switches = { all: [], enabled: [], disabled: [] };

  constructor(clocks: ZoneClocks) {
    this.#gateways = new LiveEntities<Gateway, IndexedGateway>({
      compile: (entity) => ({
        entity,
        isLive: false,
        id: entity.id,
        isEnabled: entity.isEnabled,
        maxCalls: entity.maxCalls,
        codecs: this.#sameCodecs(entity.codecs),
        hours: entity.hours && new OpeningHours(entity.hours, clocks),
        position: this.#freePositions.pop() ?? this.#positions++,
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
    return this.#switched().enabled;
  }

  /** Those that are switched off, by id. */
  get disabled(): readonly IndexedGateway[] {
    return this.#switched().disabled;
  }

  get(id: string): IndexedGateway | undefined {
    return this.#gateways.get(id);
  }

  /** How much it holds. */
  get entries(): { readonly prefixes: number; readonly prices: number; readonly positions: number } {
    return { prefixes: this.#prefixes.size, prices: this.#prices.size, positions: this.#positions };
  }

  /** Resolves when these and no others are found; look-ups go on meanwhile. */
  apply(gateways: readonly Gateway[]): Promise<void> {
    return this.#gateways.apply(gateways);
  }

  /** `number`: E.164. */
  find(number: string): NumberFindings {
    const beginnings = new Beginnings(number);
    const lists = this.#prefixes.of(beginnings);
    let prices: readonly PositionList<GatewayCost>[] | null = null;
    return {
      prefixLengthOf: ({ position }) => {
        for (const list of lists) if (list.has(position)) return list.prefixLength;
        return 0;
      },
      longest: () => {
        for (const { items } of lists) {
          // What is being put in or taken out is not to be found.
          const found = items.filter(({ isLive, isEnabled }) => isLive && isEnabled);
          if (found.length > 0) return found.sort(byId);
        }
        return [];
      },
      costOf: ({ position }) => {
        prices ??= this.#prices.of(beginnings);
        for (const list of prices) {
          const cost = list.get(position);
          if (cost !== undefined) return cost;
        }
        return undefined;
      },
    };
  }

  #switched(): Switches {
    const all = this.ordered;
    if (this.#switches.all !== all) {
      const enabled = all.filter(({ isEnabled }) => isEnabled);
      this.#switches = { all, enabled, disabled: all.filter(({ isEnabled }) => !isEnabled) };
    }
    return this.#switches;
  }

  #sameCodecs(codecs: readonly CodecName[]): readonly CodecName[] {
    const key = codecs.join();
    const known = this.#codecs.get(key) ?? codecs;
    this.#codecs.set(key, known);
    return known;
  }

  *#insert(gateway: IndexedGateway): Iterable<void> {
    let entries = 0;
    for (const prefix of new Set(gateway.entity.prefixes)) {
      this.#prefixes.set(prefix, gateway.position, gateway);
      entries += 1;
      if (entries % entriesAtOnce === 0) yield;
    }
    for (const cost of gateway.entity.costs) {
      this.#prices.set(cost.prefix, gateway.position, cost);
      entries += 1;
      if (entries % entriesAtOnce === 0) yield;
    }
  }

  *#remove(gateway: IndexedGateway): Iterable<void> {
    for (const prefix of gateway.entity.prefixes) {
      this.#prefixes.delete(prefix, gateway.position);
      yield;
    }
    for (const { prefix } of gateway.entity.costs) {
      this.#prices.delete(prefix, gateway.position);
      yield;
    }
    this.#freePositions.push(gateway.position);
  }
}

export function byId(a: IndexedGateway, b: IndexedGateway): number {
  return a.id < b.id ? -1 : 1;
}

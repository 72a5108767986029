import type { GatewayId } from '../../../shared/domain/index.ts';
import { type Clock, drop, type Logger, type Timer } from '../../observability/index.ts';
import { type Collection, CollectionMirror } from '../../storage/index.ts';
import { qualityOf } from '../selection/Quality.ts';
import { addSums, type FigureSums, noSums } from './FigureSums.ts';
import { addQuarters, lastHourOf, type Quarter, type QuartersOfGateway, quarterAt, quarterMs } from './quarters.ts';

export interface FigureBookDeps {
  readonly figures: Collection<QuartersOfGateway>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** How long counts wait to be written together, in milliseconds. */
const writeDelayMs = 2000;
/** How old the figures that choices look at may get, in milliseconds. */
const reloadMs = 5000;

/** How calls through each gateway went during the last day. What this process counts is written every two seconds. */
export class FigureBook {
  readonly #deps: FigureBookDeps;
  #mirror: CollectionMirror<QuartersOfGateway> | undefined;
  /** Not written yet. */
  #counted = new Map<GatewayId, Map<number, Quarter>>();
  #timer: Timer | undefined;
  readonly #qualities = new WeakMap<QuartersOfGateway, { readonly quarter: number; readonly quality: number | null }>();

  /** Reads what other call servers have counted; rejects when it can't be read. */
  static async create(deps: FigureBookDeps): Promise<FigureBook> {
    const book = new FigureBook(deps);
    const { figures: collection, clock, logger } = deps;
    book.#mirror = await CollectionMirror.create({
      ...{ collection, clock, logger },
      name: 'the figures of gateways',
      intervalMs: reloadMs,
    });
    return book;
  }

  private constructor(deps: FigureBookDeps) {
    this.#deps = deps;
  }

  count(id: GatewayId, sums: Partial<FigureSums>): void {
    this.#note(id, { fromMs: quarterAt(this.#deps.clock.now()), sums: addSums(noSums, sums), wasDown: false });
  }

  /** It was down between these two moments. */
  wasDown(id: GatewayId, fromMs: number, toMs: number): void {
    for (let start = quarterAt(fromMs); start < toMs; start += quarterMs)
      this.#note(id, { fromMs: start, sums: noSums, wasDown: true });
  }

  /** As far as it is known to choices: 0 to 1; null: too few calls within the last hour. */
  qualityOf(id: GatewayId): number | null {
    const quarters = this.#mirror?.get(id);
    if (!quarters) return null;
    const nowMs = this.#deps.clock.now();
    const known = this.#qualities.get(quarters);
    if (known?.quarter === quarterAt(nowMs)) return known.quality;
    const quality = qualityOf(lastHourOf(quarters, nowMs));
    this.#qualities.set(quarters, { quarter: quarterAt(nowMs), quality });
    return quality;
  }

  async read(id: GatewayId): Promise<QuartersOfGateway | undefined> {
    await this.#write();
    return this.#deps.figures.get(id);
  }

  async readAll(): Promise<ReadonlyMap<GatewayId, QuartersOfGateway>> {
    await this.#write();
    return new Map((await this.#deps.figures.list()).map((quarters) => [quarters.id, quarters]));
  }

  /** Of a gateway that was deleted nothing stays. */
  async forget(id: GatewayId): Promise<void> {
    this.#counted.delete(id);
    await this.#deps.figures.delete(id);
  }

  /** Writes what was counted. Idempotent. */
  async close(): Promise<void> {
    this.#deps.clock.clearTimeout(this.#timer);
    await this.#write();
    this.#mirror?.close();
  }

  #note(id: GatewayId, added: Quarter): void {
    const quarters = this.#counted.get(id) ?? new Map<number, Quarter>();
    this.#counted.set(id, quarters);
    const known = quarters.get(added.fromMs);
    quarters.set(added.fromMs, {
      fromMs: added.fromMs,
      sums: addSums(known?.sums ?? noSums, added.sums),
      wasDown: added.wasDown || known?.wasDown === true,
    });
    if (this.#timer) return;
    this.#timer = this.#deps.clock.setTimeout(() => {
      this.#timer = undefined;
      drop(this.#write(), this.#deps.logger, 'writing the figures of gateways');
    }, writeDelayMs);
    this.#timer.unref();
  }

  async #write(): Promise<void> {
    const counted = this.#counted;
    this.#counted = new Map();
    const nowMs = this.#deps.clock.now();
    await Promise.all(
      [...counted].map(([id, quarters]) =>
        this.#deps.figures.update(id, (present) => addQuarters(present, id, { added: [...quarters.values()], nowMs })),
      ),
    );
  }
}

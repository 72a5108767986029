import { EventEmitter } from 'node:events';
import type { Gateway } from '../../../shared/admin/index.ts';
import type { GatewayId } from '../../../shared/domain/index.ts';
import type { ZoneClocks } from '../../calendar/index.ts';
import { type Clock, drop, type Logger } from '../../observability/index.ts';
import { type Collection, CollectionMirror } from '../../storage/index.ts';
import { GatewayIndex } from './GatewayIndex.ts';

export interface GatewayBookDeps {
  readonly gateways: Pick<Collection<Gateway>, 'list'>;
  readonly clocks: ZoneClocks;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface GatewayBookEvents {
  /** Some were added, changed or deleted, and choices know it. */
  changed: [];
}

/** The gateways in memory with their index, so that a choice waits for nothing. */
export class GatewayBook extends EventEmitter<GatewayBookEvents> {
  readonly index: GatewayIndex;
  readonly #logger: Logger;
  #mirror: CollectionMirror<Gateway> | undefined;
  #applied: Promise<void> = Promise.resolve();

  /** Reads the gateways; rejects when they can't be read. */
  static async create({ gateways, clocks, ...deps }: GatewayBookDeps): Promise<GatewayBook> {
    const book = new GatewayBook(clocks, deps.logger);
    book.#mirror = await CollectionMirror.create({
      ...deps,
      collection: gateways,
      name: 'the gateways',
      onRead: (read) => book.#take(read),
    });
    await book.#applied;
    return book;
  }

  private constructor(clocks: ZoneClocks, logger: Logger) {
    super();
    this.index = new GatewayIndex(clocks);
    this.#logger = logger;
  }

  get(id: GatewayId): Gateway | undefined {
    return this.index.get(id)?.entity;
  }

  /** By id. */
  get all(): readonly Gateway[] {
    return this.index.ordered.map(({ entity }) => entity);
  }

  /** At once, after a change of one's own. */
  async reload(): Promise<void> {
    await this.#mirror?.reload();
    await this.#applied;
  }

  close(): void {
    this.#mirror?.close();
    this.removeAllListeners();
  }

  #take(gateways: readonly Gateway[]): void {
    this.#applied = this.index.apply(gateways);
    drop(
      this.#applied.then(() => this.emit('changed')),
      this.#logger,
      'taking over changed gateways',
    );
  }
}

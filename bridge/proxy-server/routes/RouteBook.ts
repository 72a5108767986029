import type { Route } from '../../../shared/admin/index.ts';
import type { ZoneClocks } from '../../calendar/index.ts';
import { type Clock, drop, type Logger } from '../../observability/index.ts';
import { type Collection, CollectionMirror } from '../../storage/index.ts';
import { RouteIndex, type RouteQuery } from './RouteIndex.ts';

export interface RouteBookDeps {
  readonly routes: Pick<Collection<Route>, 'list'>;
  readonly clocks: ZoneClocks;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The routes in memory with their index, so that a choice waits for nothing. */
export class RouteBook {
  readonly #index: RouteIndex;
  readonly #logger: Logger;
  #mirror: CollectionMirror<Route> | undefined;
  #applied: Promise<void> = Promise.resolve();

  /** Reads the routes; rejects when they can't be read. */
  static async create({ routes, clocks, ...deps }: RouteBookDeps): Promise<RouteBook> {
    const book = new RouteBook(clocks, deps.logger);
    book.#mirror = await CollectionMirror.create({
      ...deps,
      collection: routes,
      name: 'the routes',
      onRead: (read) => book.#take(read),
    });
    await book.#applied;
    return book;
  }

  private constructor(clocks: ZoneClocks, logger: Logger) {
    this.#index = new RouteIndex(clocks);
    this.#logger = logger;
  }

  /** The route that decides on this call; null: none. */
  find(query: RouteQuery): Route | null {
    return this.#index.find(query);
  }

  /** At once, after a change of one's own. */
  async reload(): Promise<void> {
    await this.#mirror?.reload();
    await this.#applied;
  }

  close(): void {
    this.#mirror?.close();
  }

  #take(routes: readonly Route[]): void {
    this.#applied = this.#index.apply(routes);
    drop(this.#applied, this.#logger, 'taking over changed routes');
  }
}

import type { Clock, Logger, Timer } from '../observability/index.ts';
import type { Collection, Entity } from './ports/Collection.ts';

export interface CollectionMirrorDeps<T extends Entity> {
  readonly collection: Pick<Collection<T>, 'list'>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** What it holds, for the log: `the embed keys`. */
  readonly name: string;
  /** How old the copy may get, in milliseconds; a change made by another process counts after that. Default 1000. */
  readonly intervalMs?: number;
  /**
   * Called after the first reading, and after each that found a change; what must be made of the entities is made here. Entities are
   * values, so that one which is the same object has not changed.
   */
  readonly onRead?: (entities: readonly T[]) => void;
}

/**
 * A small collection in memory, for what waits for nothing. It is read again at an interval, and at once by `reload` after a
 * change of one's own. While the store can't be read the last known state holds, and a warning says so once.
 */
export class CollectionMirror<T extends Entity> {
  readonly #deps: CollectionMirrorDeps<T>;
  #entities = new Map<string, T>();
  #read: readonly T[] | undefined;
  #timer: Timer | undefined;
  #begun = 0;
  #applied = 0;
  #isFailing = false;
  #isClosed = false;

  /** Reads it for the first time; rejects when it can't be read. */
  static async create<T extends Entity>(deps: CollectionMirrorDeps<T>): Promise<CollectionMirror<T>> {
    const mirror = new CollectionMirror(deps);
    await mirror.reload();
    mirror.#schedule();
    return mirror;
  }

  private constructor(deps: CollectionMirrorDeps<T>) {
    this.#deps = deps;
  }

  get(id: string): T | undefined {
    return this.#entities.get(id);
  }

  /** All of them, by id. */
  get entities(): ReadonlyMap<string, T> {
    return this.#entities;
  }

  async reload(): Promise<void> {
    this.#begun += 1;
    const turn = this.#begun;
    const read = await this.#deps.collection.list();
    // A slow reading must not put back what a later one has already replaced.
    if (turn < this.#applied || this.#isClosed) return;
    this.#applied = turn;
    // A hundred thousand rates are read each second, and change once a month.
    if (this.#read && isSame(this.#read, read)) return;
    this.#read = read;
    this.#entities = new Map(read.map((entity) => [entity.id, entity]));
    this.#deps.onRead?.(read);
  }

  /** After a change of one's own to one entity: what the store said is there now. Readings that have begun are not waited for. */
  keep(entity: T): void {
    this.#begun += 1;
    this.#applied = this.#begun;
    this.#read = undefined;
    this.#entities.set(entity.id, entity);
  }

  /** Ends the reading. Idempotent. */
  close(): void {
    this.#isClosed = true;
    this.#deps.clock.clearTimeout(this.#timer);
  }

  #schedule(): void {
    if (this.#isClosed) return;
    this.#timer = this.#deps.clock.setTimeout(() => void this.#reloadAndSchedule(), this.#deps.intervalMs ?? 1000);
    this.#timer.unref();
  }

  async #reloadAndSchedule(): Promise<void> {
    try {
      await this.reload();
      this.#isFailing = false;
    } catch (error) {
      const { logger, name } = this.#deps;
      if (!this.#isFailing) logger.warn({ error }, `Could not read ${name} again; what was read last holds`);
      this.#isFailing = true;
    }
    this.#schedule();
  }
}

function isSame<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((entity, index) => entity === b[index]);
}

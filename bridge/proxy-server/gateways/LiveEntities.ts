import type { Entity } from '../../storage/index.ts';
import { inSlices } from './inSlices.ts';

/** An entity made ready for look-ups. */
export interface Compiled<T> {
  readonly entity: T;
  /** false: not to be found yet, or not any more. */
  isLive: boolean;
}

export interface LiveEntitiesDeps<T, C extends Compiled<T>> {
  readonly compile: (entity: T) => C;
  /** Puts it where it is found and takes it away again; yields every few hundred entries. */
  readonly insert: (compiled: C) => Iterable<unknown>;
  readonly remove: (compiled: C) => Iterable<unknown>;
}

/**
 * Keeps an index current while it is being used. What is new is put in unseen, a few milliseconds at a time; then all of it is
 * switched over in one go; then what is old is taken out. A look-up in between sees everything before a change or everything after it.
 */
export class LiveEntities<T extends Entity, C extends Compiled<T>> {
  readonly #deps: LiveEntitiesDeps<T, C>;
  #byId: ReadonlyMap<string, C> = new Map();
  #ordered: readonly C[] = [];
  #work: Promise<void> = Promise.resolve();

  constructor(deps: LiveEntitiesDeps<T, C>) {
    this.#deps = deps;
  }

  /** By id. */
  get ordered(): readonly C[] {
    return this.#ordered;
  }

  get(id: string): C | undefined {
    return this.#byId.get(id);
  }

  /** Resolves when these and no others are found. Changes are made one after another. */
  apply(entities: readonly T[]): Promise<void> {
    this.#work = this.#work.catch(() => undefined).then(() => this.#apply(entities));
    return this.#work;
  }

  async #apply(entities: readonly T[]): Promise<void> {
    const before = this.#byId;
    // Entities are values: the same object has not changed.
    const next = entities.map((entity) => {
      const present = before.get(entity.id);
      return present?.entity === entity ? present : this.#deps.compile(entity);
    });
    const added = next.filter(({ isLive }) => !isLive);
    await inSlices(this.#each(added, this.#deps.insert));

    const kept = new Set(next);
    const removed = [...before.values()].filter((compiled) => !kept.has(compiled));
    for (const compiled of removed) compiled.isLive = false;
    for (const compiled of added) compiled.isLive = true;
    this.#byId = new Map(next.map((compiled) => [compiled.entity.id, compiled]));
    this.#ordered = next.toSorted((a, b) => (a.entity.id < b.entity.id ? -1 : 1));

    await inSlices(this.#each(removed, this.#deps.remove));
  }

  *#each(list: readonly C[], work: (compiled: C) => Iterable<unknown>): Iterable<unknown> {
    for (const compiled of list) {
      yield;
      yield* work(compiled);
    }
  }
}

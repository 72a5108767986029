import { acceptAll } from '../acceptAll.ts';
import { deepFreeze } from '../deepFreeze.ts';
import type { Collection, Entity } from '../ports/Collection.ts';

/** A collection that lives as long as the process: what need not survive a restart, and tests. */
export class MemoryCollection<T extends Entity> implements Collection<T> {
  readonly #entities = new Map<string, T>();

  constructor(entities: readonly T[] = []) {
    for (const entity of entities) this.#set(entity);
  }

  async get(id: string): Promise<T | undefined> {
    return this.#entities.get(id);
  }

  async list(): Promise<readonly T[]> {
    return [...this.#entities.values()];
  }

  async put(entity: T): Promise<void> {
    this.#set(entity);
  }

  async add(entity: T): Promise<boolean> {
    if (this.#entities.has(entity.id)) return false;
    this.#set(entity);
    return true;
  }

  async update(id: string, change: (present: T | undefined) => T | undefined): Promise<T | undefined> {
    const present = this.#entities.get(id);
    const changed = change(present);
    if (changed === present) return present;
    if (changed === undefined) this.#entities.delete(id);
    else if (changed.id !== id) throw new TypeError(`A change of ${id} must keep its id, and gave ${changed.id}.`);
    else this.#set(changed);
    return this.#entities.get(id);
  }

  async delete(id: string): Promise<boolean> {
    return this.#entities.delete(id);
  }

  async updateAll(change: (present: ReadonlyMap<string, T>) => ReadonlyMap<string, T>): Promise<readonly T[]> {
    const changed = acceptAll(this.#entities, change(new Map(this.#entities)), toValue);
    this.#entities.clear();
    for (const [id, entity] of changed) this.#entities.set(id, entity);
    return [...changed.values()];
  }

  #set(entity: T): void {
    this.#entities.set(entity.id, toValue(entity));
  }
}

function toValue<T>(entity: T): T {
  return deepFreeze(structuredClone(entity));
}

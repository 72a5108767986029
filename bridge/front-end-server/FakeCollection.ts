import type { Collection, Entity } from '../storage/index.ts';

/** A collection for tests: a map whose changes resolve a turn later, as those of a store do. */
export class FakeCollection<T extends Entity> implements Collection<T> {
  readonly entities = new Map<string, T>();
  /** Reads of single entities and of whole lists, to see what an operation costs. */
  readonly reads = { get: 0, list: 0 };

  async get(id: string): Promise<T | undefined> {
    this.reads.get += 1;
    return this.entities.get(id);
  }

  async list(): Promise<readonly T[]> {
    this.reads.list += 1;
    return [...this.entities.values()];
  }

  async put(entity: T): Promise<void> {
    this.entities.set(entity.id, entity);
  }

  async add(entity: T): Promise<boolean> {
    if (this.entities.has(entity.id)) return false;
    this.entities.set(entity.id, entity);
    return true;
  }

  async update(id: string, change: (present: T | undefined) => T | undefined): Promise<T | undefined> {
    const next = change(this.entities.get(id));
    if (next === undefined) this.entities.delete(id);
    else this.entities.set(id, next);
    return next;
  }

  async delete(id: string): Promise<boolean> {
    return this.entities.delete(id);
  }
}

import type { z } from 'zod';
import { acceptAll, isSame } from '../acceptAll.ts';
import type { Collection, Entity } from '../ports/Collection.ts';
import { EntityFile } from './EntityFile.ts';

/** A collection in one JSON file. */
export class LowdbCollection<T extends Entity> implements Collection<T> {
  readonly #file: EntityFile<T>;

  /** `schema` reads each entity of the file. @throws StorageError `damaged`, `unavailable` */
  static async open<T extends Entity>(path: string, schema: z.ZodType<T>): Promise<LowdbCollection<T>> {
    return new LowdbCollection(await EntityFile.open(path, schema));
  }

  constructor(file: EntityFile<T>) {
    this.#file = file;
  }

  async get(id: string): Promise<T | undefined> {
    return this.#file.entities.get(id);
  }

  async list(): Promise<readonly T[]> {
    return [...this.#file.entities.values()];
  }

  async put(entity: T): Promise<void> {
    const parsed = this.#file.parse(entity);
    await this.#file.change(({ entities }) => {
      entities.set(parsed.id, parsed);
      return { result: undefined, isChanged: true };
    });
  }

  async add(entity: T): Promise<boolean> {
    const parsed = this.#file.parse(entity);
    return this.#file.change(({ entities }) => {
      const isNew = !entities.has(parsed.id);
      if (isNew) entities.set(parsed.id, parsed);
      return { result: isNew, isChanged: isNew };
    });
  }

  async update(id: string, change: (present: T | undefined) => T | undefined): Promise<T | undefined> {
    return this.#file.change(({ entities }) => updateEntity(this.#file, entities, id, change));
  }

  async delete(id: string): Promise<boolean> {
    return this.#file.change(({ entities }) => {
      const isThere = entities.delete(id);
      return { result: isThere, isChanged: isThere };
    });
  }

  async updateAll(change: (present: ReadonlyMap<string, T>) => ReadonlyMap<string, T>): Promise<readonly T[]> {
    return this.#file.change(({ entities }) => {
      const changed = acceptAll(entities, change(new Map(entities)), (entity) => this.#file.parse(entity));
      const isChanged = !isSame(entities, changed);
      entities.clear();
      for (const [id, entity] of changed) entities.set(id, entity);
      return { result: [...changed.values()], isChanged };
    });
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

/** One entity of a draft is changed, made, or deleted where `change` returns `undefined`. */
export function updateEntity<T extends Entity>(
  file: EntityFile<T>,
  entities: Map<string, T>,
  id: string,
  change: (present: T | undefined) => T | undefined,
): { result: T | undefined; isChanged: boolean } {
  const present = entities.get(id);
  const changed = change(present);
  if (changed === present) return { result: present, isChanged: false };
  if (changed === undefined) {
    entities.delete(id);
    return { result: undefined, isChanged: true };
  }
  if (changed.id !== id) throw new TypeError(`A change of ${id} must keep its id, and gave ${changed.id}.`);
  const parsed = file.parse(changed);
  entities.set(id, parsed);
  return { result: parsed, isChanged: true };
}

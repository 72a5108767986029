import { DialbridgeError } from '../../../shared/errors/index.ts';
import type { Collection } from '../../storage/index.ts';
import type { EntityStore, KeptEntity } from './EntityKind.ts';

/** Entities that are kept in a collection as they are. */
export class CollectionStore<Kept extends KeptEntity> implements EntityStore<Kept, unknown> {
  readonly #collection: Collection<Kept>;

  constructor(collection: Collection<Kept>) {
    this.#collection = collection;
  }

  get(id: string): Promise<Kept | undefined> {
    return this.#collection.get(id);
  }

  list(): Promise<readonly Kept[]> {
    return this.#collection.list();
  }

  async add(after: Kept): Promise<Kept> {
    if (!(await this.#collection.add(after))) throw new DialbridgeError('nameTaken', { details: { name: after.id } });
    return after;
  }

  async replace(before: Kept, after: Kept): Promise<Kept> {
    await this.#change(before, after);
    return after;
  }

  remove(before: Kept): Promise<void> {
    return this.#change(before, undefined);
  }

  async #change(before: Kept, after: Kept | undefined): Promise<void> {
    let isMine = false;
    await this.#collection.update(before.id, (present) => {
      isMine = present?.revision === before.revision;
      return isMine ? after : present;
    });
    if (!isMine) throw new DialbridgeError('conflict');
  }
}

import { join } from 'node:path';
import { z } from 'zod';
import { DurableJsonFile } from '../files/index.ts';
import type { Collection, Entity } from '../ports/Collection.ts';
import { StorageError } from '../StorageError.ts';
import { ChangeGate } from './ChangeGate.ts';
import { changedShards } from './changedShards.ts';
import { EntityFile } from './EntityFile.ts';
import { LowdbCollection } from './LowdbCollection.ts';
import { shardFileName, shardOf } from './shardOf.ts';

interface Shard<T extends Entity> {
  readonly file: EntityFile<T>;
  readonly collection: LowdbCollection<T>;
}

/** Shards whose new content was decided to be the truth: they are put in place however often the process dies over it. */
const commitSchema = z.strictObject({ format: z.literal(1), shards: z.array(z.number().int().nonnegative()) });
type CommitFile = DurableJsonFile<z.infer<typeof commitSchema>>;

interface ShardedOptions<T> {
  readonly folder: string;
  readonly shards: number;
  readonly schema: z.ZodType<T>;
}

/**
 * A collection spread over files in a folder by a hash of the id, so that a write costs the file of its entity. A change of
 * several files writes them beside the present ones, then says in `commit.json` that they count, then puts them in place:
 * whenever the process dies, the next start finds all of the change or nothing of it.
 */
export class ShardedLowdbCollection<T extends Entity> implements Collection<T> {
  readonly #shards: readonly Shard<T>[];
  readonly #commitFile: CommitFile;
  readonly #gate = new ChangeGate();
  /** A change was decided and could not be put in place: what is in memory is not what the next start will find. */
  #broken: StorageError | undefined;

  /** @throws StorageError `damaged`, `unavailable` */
  static async open<T extends Entity>(options: ShardedOptions<T>): Promise<ShardedLowdbCollection<T>> {
    const { folder, shards } = options;
    const commitFile: CommitFile = new DurableJsonFile(join(folder, 'commit.json'), (json) => commitSchema.parse(json));
    await finishCommit(folder, commitFile);
    const opening = Array.from({ length: shards }, (_, number) => openShard(number, options));
    return new ShardedLowdbCollection(await Promise.all(opening), commitFile);
  }

  private constructor(shards: readonly Shard<T>[], commitFile: CommitFile) {
    this.#shards = shards;
    this.#commitFile = commitFile;
  }

  async get(id: string): Promise<T | undefined> {
    return this.#shardOf(id).file.entities.get(id);
  }

  async list(): Promise<readonly T[]> {
    return this.#shards.flatMap(({ file }) => [...file.entities.values()]);
  }

  put(entity: T): Promise<void> {
    return this.#change(entity.id, (shard) => shard.put(entity));
  }

  add(entity: T): Promise<boolean> {
    return this.#change(entity.id, (shard) => shard.add(entity));
  }

  update(id: string, change: (present: T | undefined) => T | undefined): Promise<T | undefined> {
    return this.#change(id, (shard) => shard.update(id, change));
  }

  delete(id: string): Promise<boolean> {
    return this.#change(id, (shard) => shard.delete(id));
  }

  /** Costs the files of what is changed. */
  updateAll(change: (present: ReadonlyMap<string, T>) => ReadonlyMap<string, T>): Promise<readonly T[]> {
    return this.#gate.alone(async () => {
      const present = this.#shards.map(({ file }) => file.entities);
      const changed = change(new Map(present.flatMap((entities) => [...entities])));
      await this.#replace(changedShards(present, changed, (entity) => this.#shardOf(entity.id).file.parse(entity)));
      return this.list();
    });
  }

  /** Waits for what was begun; later changes are refused. */
  close(): Promise<void> {
    return this.#gate.alone(async () => {
      await Promise.all(this.#shards.map(({ file }) => file.close()));
    });
  }

  #change<R>(id: string, work: (shard: LowdbCollection<T>) => Promise<R>): Promise<R> {
    return this.#gate.share(async () => {
      if (this.#broken !== undefined) throw this.#broken;
      return work(this.#shardOf(id).collection);
    });
  }

  async #replace(changed: ReadonlyMap<number, ReadonlyMap<string, T>>): Promise<void> {
    if (this.#broken !== undefined) throw this.#broken;
    const touched = this.#shards.flatMap(({ file }, number) => {
      const entities = changed.get(number);
      return entities === undefined ? [] : [{ file, number, entities }];
    });
    if (touched.length === 0) return;
    await Promise.all(touched.map(({ file, entities }) => file.stage(entities)));
    // One file is put in place as a whole anyway.
    if (touched.length > 1) await this.#commitFile.write({ format: 1, shards: touched.map(({ number }) => number) });
    try {
      await Promise.all(touched.map(({ file }) => file.finishStaged()));
    } catch (error) {
      this.#broken = error as StorageError;
      throw error;
    }
    for (const { file } of touched) file.showStaged();
    if (touched.length > 1) await this.#commitFile.remove();
  }

  #shardOf(id: string): Shard<T> {
    const shard = this.#shards[shardOf(id, this.#shards.length)];
    if (shard === undefined) throw new RangeError(`There is no shard for ${id}.`);
    return shard;
  }
}

async function finishCommit(folder: string, commitFile: CommitFile): Promise<void> {
  const commit = await commitFile.read();
  if (commit === null) return;
  const files = commit.shards.map((number) => new DurableJsonFile(join(folder, shardFileName(number)), (json) => json));
  await Promise.all(files.map((file) => file.finish()));
  await commitFile.remove();
}

async function openShard<T extends Entity>(number: number, options: ShardedOptions<T>): Promise<Shard<T>> {
  const { folder, shards, schema } = options;
  const file = await EntityFile.open(join(folder, shardFileName(number)), schema);
  for (const id of file.entities.keys()) {
    const place = shardOf(id, shards);
    if (place === number) continue;
    throw new StorageError(
      'damaged',
      `The file ${file.path} is damaged and was left as it is: the entry ${id} belongs into ${shardFileName(place)}.`,
    );
  }
  return { file, collection: new LowdbCollection(file) };
}

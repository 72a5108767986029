import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { DurableJsonFile } from '../files/index.ts';
import type { Collection, Entity } from '../ports/Collection.ts';
import { StorageError } from '../StorageError.ts';
import { EntityFile } from './EntityFile.ts';
import { LowdbCollection } from './LowdbCollection.ts';
import { ShardedLowdbCollection } from './ShardedLowdbCollection.ts';
import { shardFileName, shardOf } from './shardOf.ts';

/** Stands in the file of a collection that is in shards: a bridge that knows nothing of them refuses it. */
const shardedSchema = z.strictObject({ format: z.literal(2), shards: z.number().int().min(1).max(1000) });

export interface CollectionFiles<T extends Entity> {
  /** `users.json`; shards are in the folder `users` beside it. */
  readonly path: string;
  readonly schema: z.ZodType<T>;
  /** Into how many files it is spread when it is made, or moved. What is in shards stays in as many. Absent: one file. */
  readonly shards?: number;
}

/**
 * Opens a collection as it is on the disk, and moves one from a single file into shards where that is asked for: the file says
 * where the truth is, and is replaced when every shard is written, so a move that was interrupted begins anew.
 * @throws StorageError `damaged`, `unavailable`
 */
export async function openCollectionFiles<T extends Entity>(
  files: CollectionFiles<T>,
): Promise<Collection<T> & { close(): Promise<void> }> {
  const { path, schema, shards } = files;
  const folder = path.replace(/\.json$/, '');
  const entries = await listFolder(folder);
  if (entries === null && shards === undefined) return LowdbCollection.open(path, schema);
  const note = new DurableJsonFile<unknown>(path, (json) => json);
  const content = await note.read();
  const sharded = shardedSchema.safeParse(content);
  if (sharded.success) {
    if (entries === null) throw missing(`The folder ${folder} is missing although ${path} says that it is there.`);
    return ShardedLowdbCollection.open({ folder, schema, shards: sharded.data.shards });
  }
  if (content === null && entries !== null && entries.length > 0) {
    throw missing(`The file ${path} is missing although the folder ${folder} belongs to it.`);
  }
  if (shards === undefined) return LowdbCollection.open(path, schema);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (content !== null) await writeShards({ from: await EntityFile.open(path, schema), folder, schema, shards });
  await note.write(shardedSchema.parse({ format: 2, shards }));
  return ShardedLowdbCollection.open({ folder, schema, shards });
}

function missing(what: string): StorageError {
  return new StorageError(
    'damaged',
    `${what} Put it back from a copy of the data folder, or remove both to start empty.`,
  );
}

interface Move<T extends Entity> {
  readonly from: EntityFile<T>;
  readonly folder: string;
  readonly schema: z.ZodType<T>;
  readonly shards: number;
}

async function writeShards<T extends Entity>({ from, folder, schema, shards }: Move<T>): Promise<void> {
  // Whatever is there was left by a move that was interrupted: the single file is still the truth.
  await rm(folder, { recursive: true, force: true });
  const byShard = Array.from({ length: shards }, () => new Map<string, T>());
  for (const [id, entity] of from.entities) byShard[shardOf(id, shards)]?.set(id, entity);
  const writing = byShard.map(async (entities, number) => {
    const file = await EntityFile.open(join(folder, shardFileName(number)), schema);
    await file.stage(entities);
    await file.finishStaged();
  });
  await Promise.all(writing);
}

/** Null when it is not there. */
async function listFolder(path: string): Promise<readonly string[] | null> {
  try {
    return await readdir(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    const reason = error instanceof Error ? error.message : String(error);
    throw new StorageError('unavailable', `The folder ${path} could not be read: ${reason}`, { cause: error });
  }
}

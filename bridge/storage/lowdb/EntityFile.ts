import { Low } from 'lowdb';
import { z } from 'zod';
import { deepFreeze } from '../deepFreeze.ts';
import { DurableJsonFile } from '../files/index.ts';
import type { Entity } from '../ports/Collection.ts';
import { StorageError } from '../StorageError.ts';

interface Content<T> {
  readonly format: 1;
  readonly entities: readonly T[];
}

/** What a change works on: a copy that becomes the truth once it is on the disk. */
export interface Draft<T> {
  readonly entities: Map<string, T>;
  /** Whether the file was there, or was made by a change before this one. */
  readonly exists: boolean;
}

/** What a change did. Only `isChanged` ones cost a write. */
export interface Applied<R> {
  readonly result: R;
  readonly isChanged: boolean;
}

interface Opened<T> {
  readonly low: Low<Content<T>>;
  readonly file: DurableJsonFile<Content<T>>;
  readonly schema: z.ZodType<T>;
  readonly exists: boolean;
}

interface WaitingChange<T> {
  /** Changes the draft and returns whether it did, and what settles the caller once that is written. */
  readonly apply: (draft: Draft<T>) => { readonly isChanged: boolean; readonly succeed: () => void };
  readonly fail: (error: unknown) => void;
}

/**
 * Entities in one JSON file, kept by lowdb. Changes that wait while the file is being written are joined into the next write.
 * Readers see only what is on the disk.
 */
export class EntityFile<T extends Entity> {
  readonly #low: Low<Content<T>>;
  readonly #file: DurableJsonFile<Content<T>>;
  readonly #schema: z.ZodType<T>;
  #staged: Content<T> | undefined;
  #entities: ReadonlyMap<string, T>;
  #exists: boolean;
  #waiting: WaitingChange<T>[] = [];
  #writing: Promise<void> | undefined;
  #isClosed = false;

  /** @throws StorageError `damaged`, `unavailable` */
  static async open<T extends Entity>(path: string, schema: z.ZodType<T>): Promise<EntityFile<T>> {
    const contentSchema = z.strictObject({ format: z.literal(1), entities: z.array(schema) });
    const file = new DurableJsonFile<Content<T>>(path, (json) => parseContent(contentSchema, json));
    const nothing: Content<T> = { format: 1, entities: [] };
    const low = new Low<Content<T>>(file, nothing);
    await low.read();
    return new EntityFile({ low, file, schema, exists: low.data !== nothing });
  }

  private constructor(options: Opened<T>) {
    const { low } = options;
    this.#low = low;
    this.#file = options.file;
    this.#schema = options.schema;
    this.#exists = options.exists;
    this.#entities = toMap(low.data);
  }

  get path(): string {
    return this.#file.path;
  }

  /** Whether the file is there. */
  get exists(): boolean {
    return this.#exists;
  }

  get entities(): ReadonlyMap<string, T> {
    return this.#entities;
  }

  /** A frozen copy that is sure to be accepted when the file is read again. @throws ZodError */
  parse(entity: T): T {
    return deepFreeze(structuredClone(this.#schema.parse(entity)));
  }

  /**
   * Runs `apply` synchronously, alone and once, on a draft that holds every earlier change, and resolves when the outcome is written.
   * An `apply` that throws must not have touched the draft; it rejects this change alone.
   */
  change<R>(apply: (draft: Draft<T>) => Applied<R>): Promise<R> {
    if (this.#isClosed) return Promise.reject(this.#closed());
    return new Promise<R>((resolve, reject) => {
      this.#waiting.push({
        apply: (draft) => {
          const { result, isChanged } = apply(draft);
          return { isChanged, succeed: () => resolve(result) };
        },
        fail: reject,
      });
      this.#writing ??= this.#writeWaiting();
    });
  }

  /**
   * For a change of several files: writes what is to become the file's content beside it. Until `showStaged` nothing shows it,
   * and there may be no other change. @throws StorageError `unavailable`, `closed`
   */
  async stage(entities: ReadonlyMap<string, T>): Promise<void> {
    if (this.#isClosed) throw this.#closed();
    const staged: Content<T> = { format: 1, entities: [...entities.values()] };
    await this.#file.prepare(staged);
    this.#staged = staged;
  }

  /** Puts the staged file in place. @throws StorageError `unavailable` */
  finishStaged(): Promise<void> {
    return this.#file.finish();
  }

  /** From here on readers see it. */
  showStaged(): void {
    if (this.#staged === undefined) return;
    this.#low.data = this.#staged;
    this.#entities = toMap(this.#staged);
    this.#exists = true;
    this.#staged = undefined;
  }

  /** Waits for what was begun; later changes are refused. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#writing;
  }

  async #writeWaiting(): Promise<void> {
    // Lets changes of the same turn join the first write.
    await Promise.resolve();
    while (this.#waiting.length > 0) await this.#writeOnce(this.#waiting.splice(0));
    this.#writing = undefined;
  }

  async #writeOnce(changes: readonly WaitingChange<T>[]): Promise<void> {
    const entities = new Map(this.#entities);
    let exists = this.#exists;
    let isChanged = false;
    const settled: { succeed: () => void; fail: (error: unknown) => void }[] = [];
    for (const { apply, fail } of changes) {
      try {
        const applied = apply({ entities, exists });
        isChanged ||= applied.isChanged;
        exists ||= applied.isChanged;
        settled.push({ succeed: applied.succeed, fail });
      } catch (error) {
        fail(error);
      }
    }
    try {
      if (isChanged) await this.#write(entities);
      for (const { succeed } of settled) succeed();
    } catch (error) {
      for (const { fail } of settled) fail(error);
    }
  }

  #closed(): StorageError {
    return new StorageError('closed', `The file ${this.path} is closed.`);
  }

  async #write(entities: ReadonlyMap<string, T>): Promise<void> {
    this.#low.data = { format: 1, entities: [...entities.values()] };
    await this.#low.write();
    this.#entities = entities;
    this.#exists = true;
  }
}

function toMap<T extends Entity>({ entities }: Content<T>): ReadonlyMap<string, T> {
  return new Map(entities.map((entity) => [entity.id, deepFreeze(entity)]));
}

function parseContent<T>(schema: z.ZodType<Content<T>>, json: unknown): Content<T> {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new Error(`${z.prettifyError(parsed.error).replace(/\s*\n\s*/g, ' ')}.`);
}

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { type Clock, type Logger, systemClock } from '../observability/index.ts';
import { loadSecrets, type Secrets } from './files/index.ts';
import { LowdbAddressBookStore, openCollectionFiles } from './lowdb/index.ts';
import { MemoryActiveCallStore, MemoryCollection, MemoryGatewayLoadStore } from './memory/index.ts';
import type { ActiveCallStore } from './ports/ActiveCallStore.ts';
import type { AddressBookStore } from './ports/AddressBookStore.ts';
import type { AuditStore } from './ports/AuditStore.ts';
import type { CallRecordStore } from './ports/CallRecordStore.ts';
import type { CallTraceStore } from './ports/CallTraceStore.ts';
import type { Collection, Entity } from './ports/Collection.ts';
import type { DialogStore } from './ports/DialogStore.ts';
import type { GatewayLoadStore } from './ports/GatewayLoadStore.ts';
import type { UsageStore } from './ports/UsageStore.ts';
import type { WebhookDeliveryStore } from './ports/WebhookDeliveryStore.ts';
import { StorageError } from './StorageError.ts';
import {
  DatabaseThread,
  lockDataDir,
  SqliteAuditStore,
  SqliteCallRecordStore,
  SqliteCallTraceStore,
  SqliteDialogStore,
  SqliteUsageStore,
  SqliteWebhookDeliveryStore,
} from './sqlite/index.ts';

export interface CollectionOptions {
  /**
   * For what may have ten thousands of entities: into how many files they are spread, so that a write costs one of those. Counts
   * when the collection is made, or was in a single file until now: it is moved then. 1 to 1000.
   */
  readonly shards?: number;
}

type OpenCollection<T extends Entity> = Collection<T> & { close(): Promise<void> };

/** Everything that the bridge keeps, and what its call servers share. */
export interface Storage {
  /**
   * A collection that survives restarts, in a file of this name (small letters, digits, dashes). The same name gives the same collection.
   * `schema` reads each entity of the file. @throws StorageError `damaged`, `unavailable`
   */
  openCollection<T extends Entity>(
    name: string,
    schema: z.ZodType<T>,
    options?: CollectionOptions,
  ): Promise<Collection<T>>;
  /** A collection of what is true only while the bridge runs. The same name gives the same collection. */
  openTransientCollection<T extends Entity>(name: string): Collection<T>;
  readonly addressBooks: AddressBookStore;
  readonly callRecords: CallRecordStore;
  readonly callTraces: CallTraceStore;
  readonly activeCalls: ActiveCallStore;
  readonly dialogs: DialogStore;
  readonly gatewayLoads: GatewayLoadStore;
  readonly usage: UsageStore;
  readonly audit: AuditStore;
  readonly webhookDeliveries: WebhookDeliveryStore;
  readonly secrets: Secrets;
  /** Writes what was begun, and gives the data folder free. Idempotent. */
  close(): Promise<void>;
}

export interface StorageOptions {
  readonly dataDir: string;
  readonly logger: Logger;
  /** Default: the machine's. */
  readonly clock?: Clock;
}

/**
 * Storage on one machine: JSON files by lowdb; call records, use of limits and the audit log in SQLite; the rest in memory. All of
 * it in `dataDir`, which is made for its owner alone where it is missing.
 * @throws StorageError `locked`, `damaged`, `unavailable`, each with a sentence that names the place
 */
export async function createStorage(options: StorageOptions): Promise<Storage> {
  const { dataDir } = options;
  const lock = lockDataDir(dataDir);
  try {
    await mkdir(join(dataDir, 'collections'), { recursive: true, mode: 0o700 });
    const secrets = await loadSecrets(dataDir, options.logger);
    const thread = await DatabaseThread.start({ path: join(dataDir, 'call-records.sqlite') });
    try {
      const usage = await SqliteUsageStore.create({
        thread,
        clock: options.clock ?? systemClock,
        logger: options.logger,
      });
      return new EmbeddedStorage({ dataDir, secrets, thread, usage, lock });
    } catch (error) {
      await thread.close();
      throw error;
    }
  } catch (error) {
    lock.release();
    throw error;
  }
}

interface Parts {
  readonly dataDir: string;
  readonly secrets: Secrets;
  readonly thread: DatabaseThread;
  readonly usage: SqliteUsageStore;
  readonly lock: { release(): void };
}

class EmbeddedStorage implements Storage {
  readonly addressBooks: LowdbAddressBookStore;
  readonly callRecords: SqliteCallRecordStore;
  readonly callTraces: SqliteCallTraceStore;
  readonly activeCalls = new MemoryActiveCallStore();
  readonly dialogs: SqliteDialogStore;
  readonly gatewayLoads = new MemoryGatewayLoadStore();
  readonly usage: SqliteUsageStore;
  readonly audit: SqliteAuditStore;
  readonly webhookDeliveries: SqliteWebhookDeliveryStore;
  readonly secrets: Secrets;
  readonly #parts: Parts;
  /** Of any entity: whoever asks by a name brings the schema that belongs to it. */
  readonly #collections = new Map<string, Promise<OpenCollection<never>>>();
  readonly #transientCollections = new Map<string, MemoryCollection<never>>();
  #closing: Promise<void> | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.secrets = parts.secrets;
    this.callRecords = new SqliteCallRecordStore(parts);
    this.callTraces = new SqliteCallTraceStore(parts);
    this.dialogs = new SqliteDialogStore(parts);
    this.usage = parts.usage;
    this.audit = new SqliteAuditStore(parts);
    this.webhookDeliveries = new SqliteWebhookDeliveryStore(parts);
    this.addressBooks = new LowdbAddressBookStore(join(parts.dataDir, 'address-books'));
  }

  async openCollection<T extends Entity>(
    name: string,
    schema: z.ZodType<T>,
    options: CollectionOptions = {},
  ): Promise<Collection<T>> {
    if (!/^[a-z][a-z0-9-]*$/.test(name)) throw new TypeError(`"${name}" is no name for a collection.`);
    if (this.#closing !== undefined) throw new StorageError('closed', 'The storage is closed.');
    const present = this.#collections.get(name);
    if (present !== undefined) return (await present) as unknown as Collection<T>;
    const path = join(this.#parts.dataDir, 'collections', `${name}.json`);
    const opening = openCollectionFiles({ path, schema, ...options });
    this.#collections.set(name, opening as unknown as Promise<OpenCollection<never>>);
    opening.catch(() => this.#collections.delete(name));
    return opening;
  }

  openTransientCollection<T extends Entity>(name: string): Collection<T> {
    const present = this.#transientCollections.get(name) as MemoryCollection<T> | undefined;
    if (present !== undefined) return present;
    const made = new MemoryCollection<T>();
    this.#transientCollections.set(name, made as unknown as MemoryCollection<never>);
    return made;
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const collections = await Promise.allSettled(this.#collections.values());
    await Promise.all([
      ...collections.map((opened) => (opened.status === 'fulfilled' ? opened.value.close() : undefined)),
      this.addressBooks.close(),
      this.usage.close(),
    ]);
    await this.#parts.thread.close();
    this.#parts.lock.release();
  }
}

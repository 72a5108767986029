import { chmodSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { StorageError } from '../StorageError.ts';
import { AuditTable } from './AuditTable.ts';
import { CallRecordTables } from './call-records/CallRecordTables.ts';
import { TraceTable } from './call-records/TraceTable.ts';
import { DialogTable } from './DialogTable.ts';
import { migrate } from './migrations.ts';
import type { DatabaseOptions, Query, WireFailure, Write } from './operations.ts';
import { UsageTable } from './UsageTable.ts';
import { WebhookTable } from './WebhookTable.ts';

interface Tables {
  readonly callRecords: CallRecordTables;
  readonly traces: TraceTable;
  readonly usage: UsageTable;
  readonly audit: AuditTable;
  readonly dialogs: DialogTable;
  readonly webhooks: WebhookTable;
}

/** What grows, in one SQLite file (WAL, synchronous FULL). Blocks its thread: belongs off the event loop of the signalling. */
export class EmbeddedDatabase {
  readonly #database: DatabaseSync;
  readonly #tables: Tables;
  readonly #path: string;

  /** @throws StorageError `unavailable`, `damaged` */
  constructor(options: DatabaseOptions) {
    this.#path = options.path;
    try {
      this.#database = new DatabaseSync(options.path, { enableForeignKeyConstraints: true, timeout: 5000 });
      chmodSync(options.path, 0o600);
      this.#database.exec(
        'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 16777216; PRAGMA cache_size = -65536;',
      );
      migrate(this.#database, options.path);
      if (options.maxBytes !== undefined) this.#limitSize(options.maxBytes);
      this.#tables = {
        callRecords: new CallRecordTables(this.#database),
        traces: new TraceTable(this.#database),
        usage: new UsageTable(this.#database),
        audit: new AuditTable(this.#database),
        dialogs: new DialogTable(this.#database),
        webhooks: new WebhookTable(this.#database),
      };
    } catch (error) {
      throw error instanceof StorageError ? error : this.#unavailable('opened', error);
    }
  }

  /**
   * All writes in one transaction, in their order; durable when it returns. Answers the failures by index:
   * a write that makes no sense fails alone, a disk that refuses fails them all.
   */
  write(writes: readonly Write[]): ReadonlyMap<number, WireFailure> {
    const failures = new Map<number, WireFailure>();
    try {
      this.#database.exec('BEGIN IMMEDIATE');
      for (const [index, write] of writes.entries()) this.#tryWrite(write, (failure) => failures.set(index, failure));
      this.#database.exec('COMMIT');
      return failures;
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      const { code, message } = this.#unavailable('written', error);
      return new Map(writes.map((_, index) => [index, { code, message }]));
    }
  }

  /** @throws StorageError `badCursor` */
  answer(query: Query): unknown {
    switch (query.kind) {
      case 'getTrace':
      case 'forgetTraces':
        return this.#tables.traces.answer(query);
      case 'loadUsage':
        return this.#tables.usage.answer(query);
      case 'auditPage':
        return this.#tables.audit.answer(query);
      case 'listDialogs':
        return this.#tables.dialogs.answer(query);
      case 'addWebhookDeliveries':
      case 'claimWebhookDeliveries':
      case 'getWebhookDelivery':
      case 'webhookPage':
      case 'countWaitingWebhooks':
      case 'hasWebhookDelivered':
      case 'forgetWebhookDeliveries':
        return this.#tables.webhooks.answer(query);
      default:
        return this.#tables.callRecords.answer(query);
    }
  }

  close(): void {
    this.#database.close();
  }

  #tryWrite(write: Write, onFailure: (failure: WireFailure) => void): void {
    try {
      const failure = this.#perform(write);
      if (failure !== null) onFailure(failure);
    } catch (error) {
      // A full disk or an I/O error is everybody's: SQLite has left, or may not finish, the transaction.
      if (!this.#database.isTransaction || isDiskError(error)) throw error;
      const { code, message } = this.#unavailable('written', error);
      onFailure({ code, message });
    }
  }

  /** Null when it was done, or had been done before. */
  #perform(write: Write): WireFailure | null {
    switch (write.kind) {
      case 'appendTrace':
        return this.#tables.traces.append(write) ? null : noRecord(write.callId);
      case 'saveUsage':
      case 'forgetUsage':
        this.#tables.usage.perform(write);
        return null;
      case 'appendAudit':
        this.#tables.audit.perform(write);
        return null;
      case 'keepDialog':
      case 'forgetDialog':
        this.#tables.dialogs.perform(write);
        return null;
      case 'recordWebhookAttempt':
      case 'releaseWebhooks':
      case 'forgetWebhook':
        this.#tables.webhooks.perform(write);
        return null;
      default:
        return this.#tables.callRecords.perform(write);
    }
  }

  #limitSize(maxBytes: number): void {
    const pageSize = Number(this.#database.prepare('PRAGMA page_size').get()?.page_size);
    this.#database.exec(`PRAGMA max_page_count = ${Math.max(1, Math.floor(maxBytes / pageSize))}`);
  }

  #unavailable(what: 'opened' | 'written', error: unknown): StorageError {
    const reason = error instanceof Error ? error.message : String(error);
    return new StorageError('unavailable', `The database ${this.#path} could not be ${what}: ${reason}`, {
      cause: error,
    });
  }
}

function noRecord(callId: string): WireFailure {
  return { code: 'unknownCall', message: `There is no record of the call ${callId}.` };
}

/** Primary result codes of SQLite that mean the disk or the file: PERM, BUSY, NOMEM, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB. */
const diskErrors: ReadonlySet<number> = new Set([3, 5, 7, 8, 10, 11, 13, 14, 26]);

function isDiskError(error: unknown): boolean {
  const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) : 0;
  return diskErrors.has(code & 0xff);
}

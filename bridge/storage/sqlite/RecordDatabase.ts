import { chmodSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { CallId, CallServerId } from '../../../shared/domain/index.ts';
import { callIdSchema } from '../../../shared/domain/index.ts';
import type { CallEventRecord, CallOpening, CallRecord, CallRecordPage } from '../ports/CallRecordStore.ts';
import { StorageError } from '../StorageError.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { migrate } from './migrations.ts';
import type { Query, RecordThreadOptions, WireFailure, Write } from './operations.ts';
import { readCallRow, readEventRow } from './rows.ts';
import { prepareStatements, type Statements } from './statements.ts';

/** The call records in one SQLite file (WAL, synchronous FULL). Blocks its thread: belongs off the event loop of the signalling. */
export class RecordDatabase {
  readonly #database: DatabaseSync;
  readonly #statements: Statements;
  readonly #path: string;

  /** @throws StorageError `unavailable`, `damaged` */
  constructor(options: RecordThreadOptions) {
    this.#path = options.path;
    try {
      this.#database = new DatabaseSync(options.path, { enableForeignKeyConstraints: true, timeout: 5000 });
      chmodSync(options.path, 0o600);
      this.#database.exec(
        'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 16777216;',
      );
      migrate(this.#database, options.path);
      if (options.maxBytes !== undefined) this.#limitSize(options.maxBytes);
      this.#statements = prepareStatements(this.#database);
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

  /** @throws StorageError */
  answer(query: Query): unknown {
    switch (query.kind) {
      case 'get':
        return this.#get(query.callId);
      case 'events':
        return this.#events(query.callId);
      case 'pageByUser':
        return this.#pageByUser(query);
      case 'closeInterrupted':
        return this.#closeInterrupted(query.callServerId);
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
      case 'open':
        return this.#statements.open(write.opening) || this.#isSameCall(write.opening) ? null : idTaken(write);
      case 'progress':
        return this.#statements.progress(write.callId, write.progress) ? null : noOpenRecord(write);
      case 'close': {
        const isKnown = this.#statements.close(write.callId, write.closing) || this.#statements.get(write.callId);
        return isKnown ? null : noOpenRecord(write);
      }
      case 'event':
        return this.#statements.appendEvent(write.event) ? null : noOpenRecord(write);
    }
  }

  /** Ids come from clients: one that was used before must not lead into somebody else's record. */
  #isSameCall(opening: CallOpening): boolean {
    const present = this.#get(opening.callId);
    return present?.userId === opening.userId && present.requestedAtMs === opening.requestedAtMs;
  }

  #get(callId: CallId): CallRecord | undefined {
    const row = this.#statements.get(callId);
    return row === undefined ? undefined : readCallRow(row).record;
  }

  #events(callId: CallId): readonly CallEventRecord[] {
    return this.#statements.events(callId).map(readEventRow);
  }

  #pageByUser(query: Extract<Query, { kind: 'pageByUser' }>): CallRecordPage {
    const before = query.before === null ? null : readCursor(query.before);
    const rows = this.#statements.page(query.userId, before, query.limit + 1).map(readCallRow);
    const shown = rows.slice(0, query.limit);
    const last = shown.at(-1);
    const hasMore = rows.length > query.limit && last !== undefined;
    return {
      records: shown.map(({ record }) => record),
      nextCursor: hasMore ? writeCursor({ requestedAtMs: last.record.requestedAtMs, seq: last.seq }) : null,
    };
  }

  #closeInterrupted(callServerId: CallServerId): readonly CallId[] {
    return this.#statements.closeInterrupted(callServerId).map((row) => callIdSchema.parse(row.call_id));
  }

  #limitSize(maxBytes: number): void {
    const pageSize = Number(this.#database.prepare('PRAGMA page_size').get()?.page_size);
    this.#database.exec(`PRAGMA max_page_count = ${Math.max(1, Math.floor(maxBytes / pageSize))}`);
  }

  #unavailable(what: 'opened' | 'written', error: unknown): StorageError {
    const reason = error instanceof Error ? error.message : String(error);
    return new StorageError('unavailable', `The call records in ${this.#path} could not be ${what}: ${reason}`, {
      cause: error,
    });
  }
}

/** Primary result codes of SQLite that mean the disk or the file: PERM, BUSY, NOMEM, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB. */
const diskErrors: ReadonlySet<number> = new Set([3, 5, 7, 8, 10, 11, 13, 14, 26]);

function isDiskError(error: unknown): boolean {
  const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) : 0;
  return diskErrors.has(code & 0xff);
}

function idTaken(write: Write): WireFailure {
  return { code: 'conflict', message: `Another call has the id ${callIdOf(write)} already.` };
}

function noOpenRecord(write: Write): WireFailure {
  return { code: 'unknownCall', message: `There is no open record of the call ${callIdOf(write)}.` };
}

function callIdOf(write: Write): CallId {
  if (write.kind === 'open') return write.opening.callId;
  return write.kind === 'event' ? write.event.callId : write.callId;
}

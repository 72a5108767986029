import type { DatabaseSync } from 'node:sqlite';
import type { CallId } from '../../../../shared/domain/index.ts';
import { callIdSchema } from '../../../../shared/domain/index.ts';
import type { CallOpening, CallRecord, CallRecordPage } from '../../ports/CallRecordStore.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import type { CallRecordQuery, CallRecordWrite, WireFailure } from '../operations.ts';
import { CallEraser } from './CallEraser.ts';
import { CallFinder } from './CallFinder.ts';
import { readCallRow, readEventRow } from './callRecordRows.ts';
import { type CallRecordStatements, prepareCallRecordStatements } from './callRecordStatements.ts';

/** The tables `calls` and `events`. */
export class CallRecordTables {
  readonly #statements: CallRecordStatements;
  readonly #finder: CallFinder;
  readonly #eraser: CallEraser;

  constructor(database: DatabaseSync) {
    this.#finder = new CallFinder(database);
    this.#eraser = new CallEraser(database);
    this.#statements = prepareCallRecordStatements(database);
  }

  /** Null when it was done, or had been done before. */
  perform(write: CallRecordWrite): WireFailure | null {
    switch (write.kind) {
      case 'open':
        return this.#statements.open(write.opening) || this.#isSameCall(write.opening) ? null : idTaken(write);
      case 'progress':
        return this.#statements.progress(write.callId, write.progress) ? null : noOpenRecord(write);
      case 'close': {
        const isKnown = this.#statements.close(write.callId, write.closing) || this.#statements.get(write.callId);
        return isKnown ? null : noOpenRecord(write);
      }
      case 'told':
        this.#statements.told(write.callId);
        return null;
      case 'event':
        return this.#statements.appendEvent(write.event, write.isLate ?? false) ? null : noOpenRecord(write);
    }
  }

  /** @throws StorageError `badCursor` */
  answer(query: CallRecordQuery): unknown {
    switch (query.kind) {
      case 'get':
        return this.#get(query.callId);
      case 'events':
        return this.#statements.events(query.callId).map(readEventRow);
      case 'pageByUser':
        return this.#pageByUser(query);
      case 'searchCalls':
        return this.#finder.find(query.search, query);
      case 'anonymiseCalls':
        return this.#eraser.anonymise(query.beforeMs, query.limit);
      case 'forgetCalls':
        return this.#eraser.forget(query.beforeMs, query.limit);
      case 'closeInterrupted':
        return this.#statements.closeInterrupted(query.callServerId).map(readCallId);
      case 'untoldCalls':
        return this.#statements.untold(query.callServerId).map(readCallId);
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

  #pageByUser(query: Extract<CallRecordQuery, { kind: 'pageByUser' }>): CallRecordPage {
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
}

function readCallId(row: Record<string, unknown>): CallId {
  return callIdSchema.parse(row.call_id);
}

function idTaken(write: CallRecordWrite): WireFailure {
  return { code: 'conflict', message: `Another call has the id ${callIdOf(write)} already.` };
}

function noOpenRecord(write: CallRecordWrite): WireFailure {
  return { code: 'unknownCall', message: `There is no open record of the call ${callIdOf(write)}.` };
}

function callIdOf(write: CallRecordWrite): CallId {
  if (write.kind === 'open') return write.opening.callId;
  return write.kind === 'event' ? write.event.callId : write.callId;
}

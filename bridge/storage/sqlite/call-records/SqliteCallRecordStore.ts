import type { CallId, CallServerId, UserId } from '../../../../shared/domain/index.ts';
import type {
  CallClosing,
  CallEventRecord,
  CallOpening,
  CallProgress,
  CallRecord,
  CallRecordPage,
  CallRecordStore,
  CallSearch,
  CallSearchPage,
} from '../../ports/CallRecordStore.ts';
import type { DatabaseThread } from '../DatabaseThread.ts';

/** Call records in SQLite. */
export class SqliteCallRecordStore implements CallRecordStore {
  readonly #thread: DatabaseThread;

  constructor(deps: { thread: DatabaseThread }) {
    this.#thread = deps.thread;
  }

  open(opening: CallOpening): Promise<void> {
    return this.#thread.write({ kind: 'open', opening });
  }

  progress(callId: CallId, progress: CallProgress): Promise<void> {
    return this.#thread.write({ kind: 'progress', callId, progress });
  }

  close(callId: CallId, closing: CallClosing): Promise<void> {
    return this.#thread.write({ kind: 'close', callId, closing });
  }

  appendEvent(event: CallEventRecord): Promise<void> {
    return this.#thread.write({ kind: 'event', event });
  }

  appendLateEvent(event: CallEventRecord): Promise<void> {
    return this.#thread.write({ kind: 'event', event, isLate: true });
  }

  get(callId: CallId): Promise<CallRecord | undefined> {
    return this.#thread.query({ kind: 'get', callId });
  }

  events(callId: CallId): Promise<readonly CallEventRecord[]> {
    return this.#thread.query({ kind: 'events', callId });
  }

  pageByUser(userId: UserId, options: { before?: string; limit: number }): Promise<CallRecordPage> {
    const { before, limit } = options;
    return this.#thread.query({ kind: 'pageByUser', userId, before: before ?? null, limit });
  }

  search(search: CallSearch, options: { before?: string; limit: number }): Promise<CallSearchPage> {
    const { before, limit } = options;
    return this.#thread.query({ kind: 'searchCalls', search, before: before ?? null, limit });
  }

  anonymise(beforeMs: number, limit: number): Promise<number> {
    return this.#thread.query({ kind: 'anonymiseCalls', beforeMs, limit });
  }

  forget(beforeMs: number, limit: number): Promise<number> {
    return this.#thread.query({ kind: 'forgetCalls', beforeMs, limit });
  }

  closeInterrupted(callServerId: CallServerId): Promise<readonly CallId[]> {
    return this.#thread.query({ kind: 'closeInterrupted', callServerId });
  }

  untold(callServerId: CallServerId): Promise<readonly CallId[]> {
    return this.#thread.query({ kind: 'untoldCalls', callServerId });
  }

  told(callId: CallId): Promise<void> {
    return this.#thread.write({ kind: 'told', callId });
  }
}

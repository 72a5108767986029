import type { CallTrace } from '../../../../shared/admin/index.ts';
import type { CallId } from '../../../../shared/domain/index.ts';
import type { CallTracePart, CallTraceStore } from '../../ports/CallTraceStore.ts';
import type { DatabaseThread } from '../DatabaseThread.ts';

/** Traces of calls in SQLite, beside the records that they belong to. */
export class SqliteCallTraceStore implements CallTraceStore {
  readonly #thread: DatabaseThread;

  constructor(deps: { thread: DatabaseThread }) {
    this.#thread = deps.thread;
  }

  append(callId: CallId, part: CallTracePart): Promise<void> {
    return this.#thread.write({ kind: 'appendTrace', callId, part });
  }

  get(callId: CallId): Promise<CallTrace> {
    return this.#thread.query({ kind: 'getTrace', callId });
  }

  forget(beforeMs: number, limit: number): Promise<number> {
    return this.#thread.query({ kind: 'forgetTraces', beforeMs, limit });
  }
}

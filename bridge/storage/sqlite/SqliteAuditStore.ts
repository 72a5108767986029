import type { AuditEntry } from '../../../shared/admin/index.ts';
import type { AuditFilter, AuditPage, AuditStore } from '../ports/AuditStore.ts';
import type { DatabaseThread } from './DatabaseThread.ts';

/** The audit log in SQLite. */
export class SqliteAuditStore implements AuditStore {
  readonly #thread: DatabaseThread;

  constructor(deps: { thread: DatabaseThread }) {
    this.#thread = deps.thread;
  }

  append(entry: AuditEntry): Promise<void> {
    return this.#thread.write({ kind: 'appendAudit', entry });
  }

  page(options: { filter?: AuditFilter; before?: string; limit: number }): Promise<AuditPage> {
    const { filter, before, limit } = options;
    return this.#thread.query({ kind: 'auditPage', filter: filter ?? {}, before: before ?? null, limit });
  }
}

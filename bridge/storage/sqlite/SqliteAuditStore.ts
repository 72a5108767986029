import { type AuditEntry, auditEntrySchema } from '../../../shared/admin/index.ts';
import type { AuditFilter, AuditPage, AuditStore } from '../ports/AuditStore.ts';
import type { DatabaseThread } from './DatabaseThread.ts';
import type { StoredAuditPage } from './operations.ts';

/** The audit log in SQLite. */
export class SqliteAuditStore implements AuditStore {
  readonly #thread: DatabaseThread;

  constructor(deps: { thread: DatabaseThread }) {
    this.#thread = deps.thread;
  }

  append(entry: AuditEntry): Promise<void> {
    return this.#thread.write({ kind: 'appendAudit', entry });
  }

  async page(options: { filter?: AuditFilter; before?: string; limit: number }): Promise<AuditPage> {
    const { filter, before, limit } = options;
    const query = { kind: 'auditPage', filter: filter ?? {}, before: before ?? null, limit } as const;
    const { entries, nextCursor } = await this.#thread.query<StoredAuditPage>(query);
    return { entries: entries.map((json) => auditEntrySchema.parse(JSON.parse(json))), nextCursor };
  }
}

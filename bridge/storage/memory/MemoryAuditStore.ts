import { type AuditEntry, auditEntrySchema } from '../../../shared/admin/index.ts';
import { deepFreeze } from '../deepFreeze.ts';
import type { AuditFilter, AuditPage, AuditStore } from '../ports/AuditStore.ts';
import { StorageError } from '../StorageError.ts';

/** The audit log of one process; it is gone with it. For tests. */
export class MemoryAuditStore implements AuditStore {
  /** In the order in which they were appended. */
  readonly #entries: AuditEntry[] = [];
  readonly #ids = new Set<string>();

  async append(entry: AuditEntry): Promise<void> {
    if (this.#ids.has(entry.id)) return;
    this.#ids.add(entry.id);
    this.#entries.push(deepFreeze(auditEntrySchema.parse(JSON.parse(JSON.stringify(entry)))));
  }

  async page(options: { filter?: AuditFilter; before?: string; limit: number }): Promise<AuditPage> {
    const { filter = {}, before, limit } = options;
    const entries: AuditEntry[] = [];
    for (let place = this.#placeOf(before) - 1; place >= 0; place -= 1) {
      const entry = this.#entries[place];
      if (entry === undefined || !matches(entry, filter)) continue;
      if (entries.length === limit) return { entries, nextCursor: `${place + 1}` };
      entries.push(entry);
    }
    return { entries, nextCursor: null };
  }

  #placeOf(cursor: string | undefined): number {
    if (cursor === undefined) return this.#entries.length;
    if (/^\d{1,15}$/.test(cursor)) return Math.min(Number(cursor), this.#entries.length);
    throw new StorageError('badCursor', 'The cursor is not one of an earlier page.');
  }
}

function matches({ brandId, kind, entityId, actor }: AuditEntry, filter: AuditFilter): boolean {
  return (
    (filter.brandId === undefined || brandId === filter.brandId) &&
    (filter.kind === undefined || kind === filter.kind) &&
    (filter.entityId === undefined || entityId === filter.entityId) &&
    (filter.actorId === undefined || actor.userId === filter.actorId)
  );
}

import type { AuditEntry } from '../../../shared/admin/index.ts';
import type { AuditFilter, AuditPage, AuditStore } from '../../storage/index.ts';

/** The audit log as a list. */
export class FakeAuditStore implements AuditStore {
  readonly entries: AuditEntry[] = [];
  failure: Error | undefined;

  async append(entry: AuditEntry): Promise<void> {
    if (this.failure) throw this.failure;
    this.entries.push(entry);
  }

  async page({ filter = {}, before, limit }: Parameters<AuditStore['page']>[0]): Promise<AuditPage> {
    const found = this.entries.toReversed().filter((entry) => fits(entry, filter));
    const from = Number(before ?? 0);
    return {
      entries: found.slice(from, from + limit),
      nextCursor: from + limit < found.length ? String(from + limit) : null,
    };
  }
}

function fits(entry: AuditEntry, { brandId, kind, entityId, actorId }: AuditFilter): boolean {
  return (
    (brandId === undefined || entry.brandId === brandId) &&
    (kind === undefined || entry.kind === kind) &&
    (entityId === undefined || entry.entityId === entityId) &&
    (actorId === undefined || entry.actor.userId === actorId)
  );
}

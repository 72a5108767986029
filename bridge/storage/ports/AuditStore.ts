import type { AuditEntry, AuditedKind } from '../../../shared/admin/index.ts';
import type { BrandId, UserId } from '../../../shared/domain/index.ts';

export interface AuditFilter {
  /** Entries of this brand alone. */
  readonly brandId?: BrandId;
  readonly kind?: AuditedKind;
  readonly entityId?: string;
  readonly actorId?: UserId;
}

export interface AuditPage {
  /** Newest first. */
  readonly entries: readonly AuditEntry[];
  readonly nextCursor: string | null;
}

/** Who changed what. Entries are never changed and never deleted. */
export interface AuditStore {
  /** Resolves when it would survive `kill -9`. The same id again does nothing. */
  append(entry: AuditEntry): Promise<void>;
  /** `before` is a cursor from an earlier page. */
  page(options: { filter?: AuditFilter; before?: string; limit: number }): Promise<AuditPage>;
}

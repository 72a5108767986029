import { type AuditEntry, auditEntrySchema } from '../../../shared/admin/index.ts';
import { DialbridgeError } from '../../../shared/errors/index.ts';
import type { Clock } from '../../observability/index.ts';
import type { AuditFilter, AuditStore } from '../../storage/index.ts';
import { type Actor, isOwn } from './Actor.ts';
import type { Page } from './Page.ts';

export interface AuditTrailDeps {
  readonly audit: AuditStore;
  readonly clock: Pick<Clock, 'now'>;
  readonly newId: () => string;
}

/** What is written down of a change; `before` and `after` without secrets. */
export type AuditedChange = Pick<AuditEntry, 'action' | 'kind' | 'entityId' | 'brandId' | 'before' | 'after'>;

type Loose<Shape> = { readonly [Key in keyof Shape]?: Shape[Key] | undefined };

export interface AuditQuery extends Loose<AuditFilter> {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** What stands in the place of a secret. */
export const blanked = '(secret)';

/** Who changed what. */
export class AuditTrail {
  readonly #deps: AuditTrailDeps;

  constructor(deps: AuditTrailDeps) {
    this.#deps = deps;
  }

  /**
   * Writes the entry, or the entries of a change with many parts, then makes the change: there is never a change without its
   * entry, not even when the process is killed in between. Where the change then fails, further entries take back the first.
   */
  async around<Result>(
    actor: Actor,
    change: AuditedChange | readonly AuditedChange[],
    make: () => Promise<Result>,
  ): Promise<Result> {
    const parts = [change].flat();
    for (const part of parts) await this.record(actor, part);
    try {
      return await make();
    } catch (error) {
      // What went wrong first is what the editor must be told.
      await Promise.allSettled(
        parts.map((part) => this.record(actor, { ...part, before: part.after, after: part.before })),
      );
      throw error;
    }
  }

  async record(actor: Actor, change: AuditedChange): Promise<void> {
    const { audit, clock, newId } = this.#deps;
    const { userId, userName, role, address } = actor;
    await audit.append(
      auditEntrySchema.parse({
        ...change,
        id: newId(),
        atMs: clock.now(),
        actor: { userId, userName, role },
        address,
      }),
    );
  }

  /** Newest first. @throws DialbridgeError `forbidden` for another brand's */
  async page(actor: Actor, { limit, cursor, ...wanted }: AuditQuery): Promise<Page<AuditEntry>> {
    if (wanted.brandId !== undefined && !isOwn(actor, wanted.brandId)) throw new DialbridgeError('forbidden');
    const brandId = wanted.brandId ?? actor.brandId ?? undefined;
    const { entries, nextCursor } = await this.#deps.audit.page({
      filter: withoutUndefined({ ...wanted, brandId }),
      limit,
      ...(cursor !== undefined && { before: cursor }),
    });
    return { items: entries, nextCursor };
  }
}

function withoutUndefined(filter: Loose<AuditFilter>): AuditFilter {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
}

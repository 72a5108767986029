import { useSearchParams } from 'react-router';
import { type AuditedKind, auditedKindSchema } from '../../../shared/admin/index.ts';

/** Which changes are shown. In the address, so that other pages can point at the changes of one thing. */
export interface AuditFilter {
  readonly kind: AuditedKind | null;
  readonly entityId: string | null;
  readonly actorId: string | null;
  readonly change: (filter: Partial<Pick<AuditFilter, 'kind' | 'entityId' | 'actorId'>>) => void;
}

export function useAuditFilter(): AuditFilter {
  const [params, setParams] = useSearchParams();
  const kind = auditedKindSchema.safeParse(params.get('kind'));
  return {
    kind: kind.success ? kind.data : null,
    entityId: params.get('entityId'),
    actorId: params.get('actorId'),
    change: (filter) =>
      setParams((present) => {
        const next = new URLSearchParams(present);
        for (const [name, value] of Object.entries(filter)) {
          if (value === null) next.delete(name);
          else next.set(name, value);
        }
        return next;
      }),
  };
}

import { useCallback, useEffect, useState } from 'react';
import { useAdminApi } from './AdminProvider.tsx';
import type { EntityKind, EntityOf } from './entityKinds.ts';

export type EntityState<Entity> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly error: unknown; readonly reload: () => void }
  | { readonly kind: 'ready'; readonly entity: Entity; readonly reload: () => void };

type Got<Entity> = { id: string; entity: Entity } | { id: string; error: unknown };

/** One entity, read anew when it is opened. */
export function useEntity<Kind extends EntityKind>(kind: Kind, id: string): EntityState<EntityOf<Kind>> {
  const api = useAdminApi();
  const [got, setGot] = useState<Got<EntityOf<Kind>> | null>(null);
  const [times, setTimes] = useState(0);
  const reload = useCallback(() => setTimes((present) => present + 1), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `times` asks again.
  useEffect(() => {
    let isCurrent = true;
    const take = (next: Got<EntityOf<Kind>>) => isCurrent && setGot(next);
    api.get(kind, id).then(
      (entity) => take({ id, entity }),
      (error: unknown) => take({ id, error }),
    );
    return () => {
      isCurrent = false;
    };
  }, [api, kind, id, times]);
  if (got === null || got.id !== id) return { kind: 'loading' };
  return 'entity' in got ? { kind: 'ready', entity: got.entity, reload } : { kind: 'failed', error: got.error, reload };
}

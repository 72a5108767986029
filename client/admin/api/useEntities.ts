import type { ListFilter } from './AdminApi.ts';
import { useAdminApi } from './AdminProvider.tsx';
import type { EntityKind, EntityOf } from './entityKinds.ts';
import { type PagedList, usePages } from './usePages.ts';

/** The entities of a kind that the person may see, page by page. */
export function useEntities<Kind extends EntityKind>(kind: Kind, filter: ListFilter = {}): PagedList<EntityOf<Kind>> {
  const api = useAdminApi();
  return usePages(JSON.stringify([kind, filter]), (page) => api.list(kind, { ...filter, ...page }));
}

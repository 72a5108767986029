import type { AdminApi, EntityKind, EntityOf, Page } from '../api/index.ts';

/** The most that the bridge gives at once. */
const pageSize = 1000;

/** Everything of a kind, in the bridge's order. */
export async function loadAll<Kind extends EntityKind>(
  api: Pick<AdminApi, 'list'>,
  kind: Kind,
): Promise<readonly EntityOf<Kind>[]> {
  const all: EntityOf<Kind>[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<EntityOf<Kind>> = await api.list(kind, { limit: pageSize, cursor });
    all.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return all;
}

import type { Rate } from '../../../shared/admin/index.ts';
import type { AdminApi } from '../api/index.ts';

/** The most that the bridge gives at once. */
const pageSize = 1000;

/** The whole table, by prefix. */
export async function loadAllRates(api: AdminApi): Promise<readonly Rate[]> {
  const all: Rate[] = [];
  let cursor: string | null = null;
  do {
    const page: { items: readonly Rate[]; nextCursor: string | null } = await api.list('rates', {
      limit: pageSize,
      cursor,
    });
    all.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return all;
}

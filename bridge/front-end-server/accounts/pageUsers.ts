import type { BrandId } from '../../../shared/domain/index.ts';
import type { User } from './User.ts';
import { foldUserName } from './UserNameClaim.ts';

export interface UserQuery {
  /** Part of the user name or the display name; case does not matter. */
  readonly q?: string;
  /** Users of this brand alone. */
  readonly brandId?: BrandId;
  readonly limit: number;
  /** From the page before. */
  readonly cursor?: string;
}

export interface UserPage {
  /** By user name. */
  readonly items: readonly User[];
  readonly nextCursor: string | null;
}

/** What users are found and sorted by; made once for each version of a user, since folding 100,000 names takes its time. */
const keys = new WeakMap<User, { readonly name: string; readonly text: string }>();

/** One page of the users that fit. Looks at each once and keeps no more than the page, so that it costs no sort of them all. */
export function pageUsers(users: Iterable<User>, { q = '', brandId, limit, cursor }: UserQuery): UserPage {
  const text = foldUserName(q);
  const after = cursor === undefined ? '' : Buffer.from(cursor, 'base64url').toString('utf8');
  const page: User[] = [];
  for (const user of users) {
    const key = keyOf(user);
    const last = page[limit];
    const isOnPage = key.name > after && (last === undefined || key.name < keyOf(last).name);
    if (!isOnPage || (brandId !== undefined && user.brandId !== brandId) || !key.text.includes(text)) continue;
    page.splice(placeOf(key.name, page), 0, user);
    // One more than asked for tells whether there is a next page.
    if (page.length > limit + 1) page.pop();
  }
  const items = page.slice(0, limit);
  const lastItem = items.at(-1);
  const hasMore = page.length > limit && lastItem !== undefined;
  return { items, nextCursor: hasMore ? Buffer.from(keyOf(lastItem).name).toString('base64url') : null };
}

function keyOf(user: User): { readonly name: string; readonly text: string } {
  const present = keys.get(user);
  if (present) return present;
  const name = foldUserName(user.userName);
  const made = { name, text: `${name}\n${foldUserName(user.displayName)}` };
  keys.set(user, made);
  return made;
}

/** Index of the first one of the sorted page that comes after `name`. */
function placeOf(name: string, page: readonly User[]): number {
  let low = 0;
  let high = page.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const there = page[middle];
    if (there !== undefined && keyOf(there).name < name) low = middle + 1;
    else high = middle;
  }
  return low;
}

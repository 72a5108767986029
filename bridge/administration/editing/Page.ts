import { z } from 'zod';
import { invalidSetting } from '../../../shared/errors/index.ts';

export interface Page<Item> {
  readonly items: readonly Item[];
  /** Give it as `cursor` to get what follows; null at the end. */
  readonly nextCursor: string | null;
}

/** By what a list is sorted; the last part is the id, so that no two are equal. */
export type SortKey = readonly [string | number, string];

const sortKeySchema = z.tuple([z.union([z.string(), z.number()]), z.string()]);

/**
 * The `limit` items that come after the cursor. Looks at each item once and sorts no more than a few pages, so that a page of
 * 100,000 users costs milliseconds. @throws DialbridgeError `invalidSetting` for a cursor that no page gave
 */
export function pageOf<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => SortKey,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Page<Item> {
  const after = cursor === undefined ? null : readCursor(cursor);
  // One more than asked for says whether there is another page.
  const smallest = new Smallest<Item>(limit + 1);
  for (const item of items) {
    const key = keyOf(item);
    if (after === null || compareKeys(key, after) > 0) smallest.add(key, item);
  }
  const found = smallest.sorted();
  const last = found[limit - 1];
  return {
    items: found.slice(0, limit).map(({ item }) => item),
    nextCursor: found.length > limit && last ? writeCursor(last.key) : null,
  };
}

/** Numbers before texts; texts by their code units, which is the same everywhere. */
export function compareKeys([a, aId]: SortKey, [b, bId]: SortKey): number {
  if (a !== b) {
    if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1;
    return a < b ? -1 : 1;
  }
  return aId < bId ? -1 : aId > bId ? 1 : 0;
}

/** Keeps the `count` smallest of what is added. */
class Smallest<Item> {
  readonly #count: number;
  #kept: { key: SortKey; item: Item }[] = [];
  #bound: SortKey | null = null;

  constructor(count: number) {
    this.#count = count;
  }

  add(key: SortKey, item: Item): void {
    if (this.#bound !== null && compareKeys(key, this.#bound) >= 0) return;
    this.#kept.push({ key, item });
    if (this.#kept.length >= 4 * this.#count) this.#cut();
  }

  sorted(): readonly { readonly key: SortKey; readonly item: Item }[] {
    this.#cut();
    return this.#kept;
  }

  #cut(): void {
    this.#kept = this.#kept.sort((a, b) => compareKeys(a.key, b.key)).slice(0, this.#count);
    this.#bound = this.#kept[this.#count - 1]?.key ?? null;
  }
}

function writeCursor(key: SortKey): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

function readCursor(cursor: string): SortKey {
  try {
    return sortKeySchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    throw invalidSetting([{ key: 'cursor', expected: 'expected the nextCursor of an earlier page' }]);
  }
}

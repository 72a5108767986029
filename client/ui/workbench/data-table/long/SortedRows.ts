import { orderBy, type SortDirection, sortRows } from '../sortRows.ts';

interface Sorting<Item> {
  readonly keyOf: (item: Item) => string | number;
  readonly direction: SortDirection;
}

/** Above this share of new rows, all are sorted anew. */
const mostFresh = 0.25;

/**
 * Rows in the order of a key, time after time: of thousands of which a few have changed, only those few are looked for a place. A row that
 * changed is another object than before; those that didn't keep their order among each other from one time to the next.
 */
export class SortedRows<Item> {
  #sorting: Sorting<Item> | null = null;
  #sorted: readonly Item[] = [];

  /** As `sortRows` would sort them. */
  of(rows: readonly Item[], { keyOf, direction }: Sorting<Item>): readonly Item[] {
    const isSame = this.#sorting?.keyOf === keyOf && this.#sorting.direction === direction;
    this.#sorting = { keyOf, direction };
    this.#sorted = (isSame ? this.#followed(rows, { keyOf, direction }) : null) ?? sortRows(rows, keyOf, direction);
    return this.#sorted;
  }

  /** Those of the last time that are still there, with the new ones between them; null: too many are new. */
  #followed(rows: readonly Item[], { keyOf, direction }: Sorting<Item>): readonly Item[] | null {
    const placeOf = new Map(rows.map((row, place) => [row, place]));
    const known = new Set(this.#sorted);
    const fresh = rows.filter((row) => !known.has(row));
    if (fresh.length > rows.length * mostFresh) return null;
    const byKey = orderBy(keyOf, direction);
    const order = (one: Item, other: Item) => byKey(one, other) || (placeOf.get(one) ?? 0) - (placeOf.get(other) ?? 0);
    const kept = this.#sorted.filter((row) => placeOf.has(row));
    const sorted: Item[] = [];
    let from = 0;
    for (const row of fresh.sort(order)) {
      const to = placeAmong(kept, row, order, from);
      for (; from < to; from += 1) sorted.push(kept[from] as Item);
      sorted.push(row);
    }
    return sorted.concat(kept.slice(from));
  }
}

/** Before which of them it belongs, `from` or later, by halving. */
function placeAmong<Item>(
  sorted: readonly Item[],
  row: Item,
  order: (one: Item, other: Item) => number,
  from: number,
): number {
  let [low, high] = [from, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (order(sorted[middle] as Item, row) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

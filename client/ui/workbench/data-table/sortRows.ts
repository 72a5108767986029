export type SortDirection = 'ascending' | 'descending';

/** Sorted by a key, texts as people sort them (A, a, Ä; 9 before 10). Rows with equal keys keep their order. */
export function sortRows<Item>(
  rows: readonly Item[],
  keyOf: (item: Item) => string | number,
  direction: SortDirection,
): readonly Item[] {
  return [...rows].sort(orderBy(keyOf, direction));
}

/** Compares two rows by their keys. */
export function orderBy<Item>(
  keyOf: (item: Item) => string | number,
  direction: SortDirection,
): (one: Item, other: Item) => number {
  const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
  const sign = direction === 'ascending' ? 1 : -1;
  return (one, other) => {
    const [left, right] = [keyOf(one), keyOf(other)];
    if (typeof left === 'number' && typeof right === 'number') return sign * (left - right);
    return sign * collator.compare(String(left), String(right));
  };
}

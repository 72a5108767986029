/** Sorted by a key, texts as people sort them (A, a, Ä; 9 before 10). Rows with equal keys keep their order. */
export function sortRows<Item>(
  rows: readonly Item[],
  keyOf: (item: Item) => string | number,
  direction: 'ascending' | 'descending',
): readonly Item[] {
  const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
  const sign = direction === 'ascending' ? 1 : -1;
  return [...rows].sort((a, b) => {
    const [left, right] = [keyOf(a), keyOf(b)];
    if (typeof left === 'number' && typeof right === 'number') return sign * (left - right);
    return sign * collator.compare(String(left), String(right));
  });
}

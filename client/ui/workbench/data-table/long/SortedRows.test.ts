import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { sortRows } from '../sortRows.ts';
import { SortedRows } from './SortedRows.ts';

interface Row {
  readonly name: string;
}

const keyOf = ({ name }: Row) => name;
const names = fc.array(
  fc.constantFrom('a', 'B', 'b', 'Ä', 'x9', 'x10').map((name): Row => ({ name })),
  { maxLength: 40 },
);

describe('SortedRows', () => {
  it('has the order that sorting all of them anew has, whatever came, went and changed', () => {
    fc.assert(
      fc.property(names, names, fc.infiniteStream(fc.nat(9)), fc.boolean(), (before, fresh, dice, isUp) => {
        const direction = isUp ? 'ascending' : 'descending';
        const sorted = new SortedRows<Row>();
        sorted.of(before, { keyOf, direction });
        const roll = () => dice.next().value as number;
        // One in ten goes, one in ten changes; new ones come at the end.
        const after = before.flatMap((row) => {
          const chance = roll();
          return chance === 0 ? [] : [chance === 1 ? { name: `${row.name}0` } : row];
        });
        after.push(...fresh.slice(0, 3));
        expect(sorted.of(after, { keyOf, direction })).toEqual(sortRows(after, keyOf, direction));
        expect(sorted.of([], { keyOf, direction })).toEqual([]);
        expect(sorted.of(before, { keyOf, direction })).toEqual(sortRows(before, keyOf, direction));
      }),
    );
  });

  it('looks at few of them for a few changes', () => {
    const rows = Array.from({ length: 2000 }, (_, index): Row => ({ name: `person${(index * 7919) % 2000}` }));
    const asked = vi.fn(keyOf);
    const sorted = new SortedRows<Row>();
    sorted.of(rows, { keyOf: asked, direction: 'ascending' });
    asked.mockClear();
    const changed = rows.map((row, index) => (index % 40 === 0 ? { name: `${row.name}1` } : row));
    expect(sorted.of(changed, { keyOf: asked, direction: 'ascending' })).toEqual(sortRows(changed, keyOf, 'ascending'));
    // 50 rows, about eleven comparisons each, two keys a comparison; sorting all asks for more than 40,000.
    expect(asked.mock.calls.length).toBeLessThan(3000);
  });

  it('sorts anew by another column or the other way round', () => {
    const rows = [{ name: 'a' }, { name: 'c' }, { name: 'b' }];
    const sorted = new SortedRows<Row>();
    expect(sorted.of(rows, { keyOf, direction: 'ascending' }).map(keyOf)).toEqual(['a', 'b', 'c']);
    expect(sorted.of(rows, { keyOf, direction: 'descending' }).map(keyOf)).toEqual(['c', 'b', 'a']);
    expect(sorted.of(rows, { keyOf: ({ name }) => (name === 'b' ? 0 : 1), direction: 'ascending' }).map(keyOf)).toEqual(
      ['b', 'a', 'c'],
    );
  });
});

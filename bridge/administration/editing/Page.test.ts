import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pageOf, type SortKey } from './Page.ts';

const byName = ({ name, id }: { name: string | number; id: string }): SortKey => [name, id];

/** Every item, a page after another. */
function walk(items: readonly { name: string | number; id: string }[], limit: number) {
  const pages = [];
  let cursor: string | undefined;
  do {
    const page = pageOf(items, byName, { limit, cursor });
    pages.push(page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return pages;
}

describe('pageOf', () => {
  const items = ['c', 'a', 'b', 'a', 'd'].map((name, index) => ({ name, id: `i${index}` }));

  it('gives pages in order, each entry once, and no page after the last', () => {
    expect(walk(items, 2).map((page) => page.map(({ id }) => id))).toEqual([['i1', 'i3'], ['i2', 'i0'], ['i4']]);
    expect(walk(items, 5)).toHaveLength(1);
    expect(walk([], 5)).toEqual([[]]);
  });

  it('goes on after the cursor although its entry is gone and others came', () => {
    const { nextCursor } = pageOf(items, byName, { limit: 2 });
    const later = [...items.filter(({ id }) => id !== 'i3'), { name: 'a', id: 'a-first' }, { name: 'bb', id: 'i9' }];
    const page = pageOf(later, byName, { limit: 2, cursor: nextCursor ?? '' });
    expect(page.items.map(({ id }) => id)).toEqual(['i2', 'i9']);
  });

  it('sorts as a whole sort would, whatever there is', () => {
    const item = fc.record({
      name: fc.oneof(fc.integer({ min: -5, max: 5 }), fc.string({ maxLength: 2 })),
      id: fc.uuid(),
    });
    fc.assert(
      fc.property(fc.uniqueArray(item, { maxLength: 60, selector: ({ id }) => id }), fc.nat(7), (all, rest) => {
        const whole = pageOf(all, byName, { limit: 1000 }).items;
        const expected = all.toSorted((a, b) => {
          const rank = ({ name }: { name: string | number }) => (typeof name === 'number' ? 0 : 1);
          if (rank(a) !== rank(b)) return rank(a) - rank(b);
          if (a.name !== b.name) return a.name < b.name ? -1 : 1;
          return a.id < b.id ? -1 : 1;
        });
        expect(whole).toEqual(expected);
        expect(walk(all, rest + 1).flat()).toEqual(expected);
      }),
    );
  });

  it.each(['', 'x', 'bm90IGpzb24', Buffer.from('[1]').toString('base64url'), Buffer.from('{}').toString('base64url')])(
    'refuses the cursor %j that no page gave',
    (cursor) => {
      expect(() => pageOf(items, byName, { limit: 1, cursor })).toThrow(
        expect.objectContaining({ code: 'invalidSetting', details: expect.objectContaining({ key: 'cursor' }) }),
      );
    },
  );
});

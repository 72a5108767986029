import { describe, expect, it } from 'vitest';
import type { Collection } from '../ports/Collection.ts';
import { type Fruit, fruit } from './fruit.ts';

/** Changes of many entities at once: of every `Collection`. */
export function describeUpdateAll(create: () => Promise<Collection<Fruit>>): void {
  async function filled(): Promise<Collection<Fruit>> {
    const fruits = await create();
    for (const id of ['apple', 'plum', 'pear', 'fig']) await fruits.put(fruit(id));
    return fruits;
  }
  const coloursOf = async (fruits: Collection<Fruit>) =>
    Object.fromEntries((await fruits.list()).map(({ id, colour }) => [id, colour]));

  describe('updateAll', () => {
    it('changes, makes and deletes many, and resolves with what is there afterwards', async () => {
      const fruits = await filled();
      const after = await fruits.updateAll((present) => {
        expect([...present.keys()].sort()).toEqual(['apple', 'fig', 'pear', 'plum']);
        const changed = new Map([...present].filter(([id]) => id !== 'fig'));
        for (const id of ['apple', 'plum']) changed.set(id, fruit(id, 'green'));
        return changed.set('kiwi', fruit('kiwi', 'brown'));
      });
      const expected = { apple: 'green', plum: 'green', pear: 'red', kiwi: 'brown' };
      expect(await coloursOf(fruits)).toEqual(expected);
      expect(Object.fromEntries(after.map(({ id, colour }) => [id, colour]))).toEqual(expected);
      expect(await fruits.get('fig')).toBeUndefined();
    });

    it('empties and fills a collection', async () => {
      const fruits = await filled();
      expect(await fruits.updateAll(() => new Map())).toEqual([]);
      expect(await fruits.list()).toEqual([]);
      await fruits.updateAll((present) => new Map(present).set('apple', fruit('apple')));
      expect(await fruits.list()).toEqual([fruit('apple')]);
    });

    it('changes nothing where the change throws, passes the error on, and lets other changes stand', async () => {
      const fruits = await filled();
      const failing = fruits.updateAll((present) => {
        // Even what a careless change does to the map it was given is forgotten.
        (present as Map<string, Fruit>).delete('apple');
        throw new Error('changed my mind');
      });
      const other = fruits.put(fruit('kiwi'));
      await expect(failing).rejects.toThrow('changed my mind');
      await other;
      expect(Object.keys(await coloursOf(fruits)).sort()).toEqual(['apple', 'fig', 'kiwi', 'pear', 'plum']);
    });

    it('changes nothing where one entity would get another id', async () => {
      const fruits = await filled();
      const renaming = fruits.updateAll((present) =>
        new Map(present).set('apple', fruit('apple', 'green')).set('plum', fruit('prune')),
      );
      await expect(renaming).rejects.toThrow('A change of plum must keep its id, and gave prune.');
      expect(await coloursOf(fruits)).toEqual({ apple: 'red', plum: 'red', pear: 'red', fig: 'red' });
    });

    it('takes what it gave, changed or not', async () => {
      const fruits = await filled();
      const before = await fruits.get('apple');
      expect(await fruits.updateAll((present) => present)).toHaveLength(4);
      expect(await fruits.updateAll((present) => new Map(present))).toHaveLength(4);
      expect(await fruits.get('apple')).toBe(before);
    });

    it('holds values: what was given back can’t be changed later', async () => {
      const fruits = await filled();
      const mine = fruit('kiwi');
      const map = new Map<string, Fruit>([['kiwi', mine]]);
      const [kept] = await fruits.updateAll(() => map);
      mine.tags.push('mine');
      map.clear();
      expect(await fruits.list()).toEqual([fruit('kiwi')]);
      expect(() => kept?.tags.push('theirs')).toThrow();
    });

    it('loses nothing among changes of one and of all, in whatever order', async () => {
      const fruits = await create();
      const ids = Array.from({ length: 12 }, (_, number) => `fruit ${number}`);
      await Promise.all(ids.map((id) => fruits.put(fruit(id, ''))));
      const paint = ({ id, colour }: Fruit) => fruit(id, `${colour}x`);
      const changes = Array.from({ length: 60 }, (_, number) => {
        const id = ids[number % ids.length] ?? '';
        if (number % 4 === 0) {
          return fruits.updateAll((present) => new Map([...present].map(([key, one]) => [key, paint(one)])));
        }
        return fruits.update(id, (present) => present && paint(present));
      });
      await Promise.all(changes);
      const strokes = (await fruits.list()).reduce((sum, { colour }) => sum + colour.length, 0);
      expect(strokes).toBe(15 * ids.length + 45);
    });

    it('shows a change of many to no reader by halves', async () => {
      const fruits = await filled();
      let isDone = false;
      const paintAll = async () => {
        for (const colour of ['green', 'blue', 'brown']) {
          await fruits.updateAll((present) => new Map([...present.keys()].map((id) => [id, fruit(id, colour)])));
        }
        isDone = true;
      };
      const painting = paintAll();
      while (!isDone) {
        expect(new Set(Object.values(await coloursOf(fruits))).size).toBe(1);
        await new Promise((resolve) => setImmediate(resolve));
      }
      await painting;
    });
  });
}

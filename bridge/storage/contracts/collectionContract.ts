import { describe, expect, it } from 'vitest';
import type { Collection } from '../ports/Collection.ts';
import { type Fruit, fruit } from './fruit.ts';
import { describeUpdateAll } from './updateAllContract.ts';

/** What every `Collection` keeps to; `create` makes an empty one. */
export function describeCollection(name: string, create: () => Promise<Collection<Fruit>>): void {
  describe(`${name} as a collection`, () => {
    describeUpdateAll(create);

    it('gives back what was put, under its id', async () => {
      const fruits = await create();
      expect(await fruits.list()).toEqual([]);
      expect(await fruits.get('apple')).toBeUndefined();
      await fruits.put(fruit('apple'));
      await fruits.put(fruit('plum', 'blue'));
      expect(await fruits.get('plum')).toEqual(fruit('plum', 'blue'));
      expect((await fruits.list()).map(({ id }) => id).sort()).toEqual(['apple', 'plum']);
    });

    it('replaces with put, and never with add', async () => {
      const fruits = await create();
      expect(await fruits.add(fruit('apple'))).toBe(true);
      expect(await fruits.add(fruit('apple', 'green'))).toBe(false);
      expect((await fruits.get('apple'))?.colour).toBe('red');
      await fruits.put(fruit('apple', 'green'));
      expect((await fruits.get('apple'))?.colour).toBe('green');
    });

    it('deletes and says whether there was something', async () => {
      const fruits = await create();
      await fruits.put(fruit('apple'));
      expect(await fruits.delete('apple')).toBe(true);
      expect(await fruits.delete('apple')).toBe(false);
      expect(await fruits.list()).toEqual([]);
    });

    it('changes, makes and deletes by update', async () => {
      const fruits = await create();
      expect(await fruits.update('apple', () => fruit('apple'))).toEqual(fruit('apple'));
      const painted = await fruits.update('apple', (present) => present && { ...present, colour: 'green' });
      expect(painted?.colour).toBe('green');
      expect((await fruits.get('apple'))?.colour).toBe('green');
      expect(await fruits.update('apple', (present) => present)).toEqual(painted);
      expect(await fruits.update('apple', () => undefined)).toBeUndefined();
      expect(await fruits.get('apple')).toBeUndefined();
      expect(await fruits.update('apple', (present) => present)).toBeUndefined();
    });

    it('loses no update among many at once', async () => {
      const fruits = await create();
      await fruits.put(fruit('apple', ''));
      const paint = (stroke: number) =>
        fruits.update('apple', (present) => present && { ...present, colour: `${present.colour}${stroke % 10}` });
      await Promise.all(Array.from({ length: 50 }, (_, stroke) => paint(stroke)));
      expect((await fruits.get('apple'))?.colour).toBe('0123456789'.repeat(5));
    });

    it('lets exactly one of many adds win', async () => {
      const fruits = await create();
      const won = await Promise.all(['a', 'b', 'c'].map((colour) => fruits.add(fruit('apple', colour))));
      expect(won.filter(Boolean)).toHaveLength(1);
      expect((await fruits.get('apple'))?.colour).toBe(['a', 'b', 'c'][won.indexOf(true)]);
    });

    it('passes on what a change throws, and keeps the entity and the other changes', async () => {
      const fruits = await create();
      await fruits.put(fruit('apple'));
      const failing = fruits.update('apple', () => {
        throw new Error('changed my mind');
      });
      const renaming = fruits.update('apple', () => fruit('pear'));
      const other = fruits.put(fruit('plum'));
      await expect(failing).rejects.toThrow('changed my mind');
      await expect(renaming).rejects.toThrow('must keep its id');
      await other;
      expect((await fruits.list()).map(({ id }) => id).sort()).toEqual(['apple', 'plum']);
    });

    it('holds values: neither what was put nor what was read changes it', async () => {
      const fruits = await create();
      const mine = fruit('apple');
      await fruits.put(mine);
      mine.tags.push('mine');
      const read = await fruits.get('apple');
      expect(() => read?.tags.push('theirs')).toThrow();
      expect((await fruits.get('apple'))?.tags).toEqual(['sweet']);
    });

    it('takes any text as an id', async () => {
      const fruits = await create();
      for (const id of ['__proto__', '../escape', 'ä ö', 'constructor']) {
        expect(await fruits.get(id)).toBeUndefined();
        await fruits.put(fruit(id));
        expect((await fruits.get(id))?.id).toBe(id);
      }
      expect(await fruits.list()).toHaveLength(4);
    });
  });
}

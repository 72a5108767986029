import { describe, expect, it } from 'vitest';
import { contactIdSchema, userIdSchema } from '../../../shared/domain/index.ts';
import { type Contact, contactSchema } from '../../../shared/protocol/index.ts';
import type { AddressBookStore } from '../ports/AddressBookStore.ts';

export const alice = userIdSchema.parse('alice');
const bob = userIdSchema.parse('Bob / ../alice');

export function contact(id: string, name = `Person ${id}`): Contact {
  return contactSchema.parse({
    id,
    name,
    numbers: [{ number: '+12025550100', label: 'work' }],
    revision: 1,
    updatedAtMs: 1,
  });
}

/** What every `AddressBookStore` keeps to; `create` makes an empty one. */
export function describeAddressBookStore(name: string, create: () => Promise<AddressBookStore>): void {
  describe(`${name} as an address book store`, () => {
    it('keeps the books of two people apart', async () => {
      const books = await create();
      await books.update(alice, contactIdSchema.parse('1'), () => contact('1', 'Mother'));
      await books.update(bob, contactIdSchema.parse('1'), () => contact('1', 'Boss'));
      expect((await books.list(alice)).map((entry) => entry.name)).toEqual(['Mother']);
      expect((await books.get(bob, contactIdSchema.parse('1')))?.name).toBe('Boss');
    });

    it('gives a newcomer first contacts once, also when asked twice at once', async () => {
      const books = await create();
      const made = await Promise.all([
        books.createIfAbsent(alice, [contact('1'), contact('2')]),
        books.createIfAbsent(alice, [contact('3')]),
      ]);
      expect(made).toEqual([true, false]);
      expect((await books.list(alice)).map(({ id }) => id)).toEqual(['1', '2']);
    });

    it('takes an emptied book for a book', async () => {
      const books = await create();
      await books.createIfAbsent(alice, []);
      expect(await books.createIfAbsent(alice, [contact('1')])).toBe(false);
      await books.update(bob, contactIdSchema.parse('1'), () => contact('1'));
      await books.update(bob, contactIdSchema.parse('1'), () => undefined);
      expect(await books.createIfAbsent(bob, [contact('1')])).toBe(false);
      expect(await books.list(bob)).toEqual([]);
    });

    it('changes a contact with no other change in between', async () => {
      const books = await create();
      const id = contactIdSchema.parse('1');
      await books.update(alice, id, () => contact('1'));
      const raise = () => books.update(alice, id, (now) => now && { ...now, revision: now.revision + 1 });
      await Promise.all(Array.from({ length: 20 }, raise));
      expect((await books.get(alice, id))?.revision).toBe(21);
    });

    it('knows no contact of somebody without a book', async () => {
      const books = await create();
      expect(await books.list(alice)).toEqual([]);
      expect(await books.get(alice, contactIdSchema.parse('1'))).toBeUndefined();
      expect(await books.createIfAbsent(alice, [contact('1')])).toBe(true);
    });
  });
}

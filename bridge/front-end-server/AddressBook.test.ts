import { beforeEach, describe, expect, it } from 'vitest';
import { type ContactId, type UserId, userIdSchema } from '../../shared/domain/index.ts';
import { type Contact, type ContactDraft, contactSchema } from '../../shared/protocol/index.ts';
import { normaliseNumber } from '../call-server/call-director/index.ts';
import { FakeClock } from '../observability/FakeClock.ts';
import type { AddressBookStore } from '../storage/index.ts';
import { AddressBook } from './AddressBook.ts';

class FakeStore implements AddressBookStore {
  readonly books = new Map<UserId, Map<ContactId, Contact>>();

  async createIfAbsent(userId: UserId, contacts: readonly Contact[]): Promise<boolean> {
    if (this.books.has(userId)) return false;
    this.books.set(userId, new Map(contacts.map((contact) => [contact.id, contact])));
    return true;
  }

  async list(userId: UserId): Promise<readonly Contact[]> {
    return [...(this.books.get(userId)?.values() ?? [])];
  }

  async get(userId: UserId, contactId: ContactId): Promise<Contact | undefined> {
    return this.books.get(userId)?.get(contactId);
  }

  async update(userId: UserId, contactId: ContactId, change: (present: Contact | undefined) => Contact | undefined) {
    const book = this.books.get(userId) ?? new Map<ContactId, Contact>();
    this.books.set(userId, book);
    const next = change(book.get(contactId));
    if (next) book.set(contactId, next);
    else book.delete(contactId);
    return next;
  }
}

const owner = { userId: userIdSchema.parse('u1'), country: 'GB' };
const draft: ContactDraft = { name: 'Bob', numbers: [{ number: '020 7946 0958', label: 'work' }] };
const echo: ContactDraft = { name: 'Echo', numbers: [{ number: '+1 555 010 0001', label: 'other' }] };

describe('AddressBook', () => {
  let book: AddressBook;
  let changes: UserId[];
  const clock = new FakeClock();

  function open(starterContacts: readonly ContactDraft[] = []): void {
    let count = 0;
    book = new AddressBook({
      store: new FakeStore(),
      clock,
      newId: () => `c${++count}`,
      normaliseNumber,
      starterContacts,
    });
    changes = [];
    book.events.on('changed', ({ userId }) => changes.push(userId));
  }
  beforeEach(() => open());

  it('adds a contact with its number in E.164 and tells of the change', async () => {
    const contact = await book.add(owner, draft);
    expect(contactSchema.parse(contact)).toEqual({
      id: 'c1',
      name: 'Bob',
      numbers: [{ number: '+442079460958', label: 'work' }],
      revision: 0,
      updatedAtMs: clock.now(),
    });
    expect(await book.list(owner)).toEqual([contact]);
    expect(changes).toEqual(['u1']);
  });

  it('keeps as written what is not a number that can be called', async () => {
    const numbers = ['+44 20 7946 0958 ext 5', '112', '*100#'].map((number) => ({ number, label: 'other' as const }));
    expect((await book.add(owner, { ...draft, numbers })).numbers.map((entry) => entry.number)).toEqual([
      '+44 20 7946 0958 ext 5',
      '112',
      '*100#',
    ]);
  });

  it('edits what was seen last, and refuses what another device has changed', async () => {
    const contact = await book.add(owner, { ...draft, company: 'Bob Ltd' });
    const edited = await book.edit(owner, contact.id, { ...draft, name: 'Robert' }, 0);
    expect(edited).toMatchObject({ name: 'Robert', revision: 1 });
    expect(edited).not.toHaveProperty('company');
    await expect(book.edit(owner, contact.id, draft, 0)).rejects.toMatchObject({ code: 'conflict' });
    expect(await book.list(owner)).toEqual([edited]);
    await expect(book.edit(owner, 'none' as ContactId, draft, 0)).rejects.toMatchObject({ code: 'notFound' });
    expect(changes).toHaveLength(2);
  });

  it('deletes, with and without a look at the revision', async () => {
    const one = await book.add(owner, draft);
    const two = await book.add(owner, draft);
    await expect(book.delete(owner, one.id, 3)).rejects.toMatchObject({ code: 'conflict' });
    await book.delete(owner, one.id, 0);
    await book.delete(owner, two.id);
    await expect(book.delete(owner, two.id)).rejects.toMatchObject({ code: 'notFound' });
    expect(await book.list(owner)).toEqual([]);
    expect(changes).toHaveLength(4);
  });

  it('keeps people’s books apart', async () => {
    const contact = await book.add(owner, draft);
    const other = { ...owner, userId: userIdSchema.parse('u2') };
    expect(await book.list(other)).toEqual([]);
    await expect(book.edit(other, contact.id, draft, 0)).rejects.toMatchObject({ code: 'notFound' });
    await expect(book.delete(other, contact.id)).rejects.toMatchObject({ code: 'notFound' });
  });

  it('gives a newcomer the starter contacts once, and does not bring back deleted ones', async () => {
    open([echo]);
    const [starter] = await book.list(owner);
    expect(starter).toMatchObject({ name: 'Echo', numbers: [{ number: '+15550100001' }] });
    await book.delete(owner, starter?.id ?? ('' as ContactId));
    expect(await book.list(owner)).toEqual([]);
  });

  it('gives them also to one who adds before looking', async () => {
    open([echo]);
    await book.add(owner, draft);
    expect((await book.list(owner)).map((contact) => contact.name)).toEqual(['Echo', 'Bob']);
  });
});

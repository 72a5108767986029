import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { ContactId, UserId } from '../../../shared/domain/index.ts';
import { type Contact, contactSchema } from '../../../shared/protocol/index.ts';
import type { AddressBookStore } from '../ports/AddressBookStore.ts';
import { StorageError } from '../StorageError.ts';
import { EntityFile } from './EntityFile.ts';
import { updateEntity } from './LowdbCollection.ts';

interface OpenBook {
  readonly file: Promise<EntityFile<Contact>>;
  /** Calls that are using it: it must not be forgotten, or a second copy would write over it. */
  users: number;
}

/** Books that are kept in memory beside those in use. */
const mostIdleBooks = 200;

/** Address books, a JSON file per user. Books are read when first asked for; the least recently used are forgotten. */
export class LowdbAddressBookStore implements AddressBookStore {
  readonly #folder: string;
  /** In the order of last use. */
  readonly #books = new Map<UserId, OpenBook>();
  #isClosed = false;

  constructor(folder: string) {
    this.#folder = folder;
  }

  createIfAbsent(userId: UserId, contacts: readonly Contact[]): Promise<boolean> {
    return this.#withBook(userId, (book) => {
      const parsed = contacts.map((contact) => book.parse(contact));
      return book.change(({ entities, exists }) => {
        if (!exists) for (const contact of parsed) entities.set(contact.id, contact);
        return { result: !exists, isChanged: !exists };
      });
    });
  }

  list(userId: UserId): Promise<readonly Contact[]> {
    return this.#withBook(userId, async (book) => [...book.entities.values()]);
  }

  get(userId: UserId, contactId: ContactId): Promise<Contact | undefined> {
    return this.#withBook(userId, async (book) => book.entities.get(contactId));
  }

  update(
    userId: UserId,
    contactId: ContactId,
    change: (present: Contact | undefined) => Contact | undefined,
  ): Promise<Contact | undefined> {
    return this.#withBook(userId, (book) =>
      book.change(({ entities }) => updateEntity(book, entities, contactId, change)),
    );
  }

  /** Waits for what was begun. Idempotent. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const books = await Promise.allSettled([...this.#books.values()].map(({ file }) => file));
    await Promise.all(books.map((book) => (book.status === 'fulfilled' ? book.value.close() : undefined)));
    this.#books.clear();
  }

  async #withBook<R>(userId: UserId, use: (book: EntityFile<Contact>) => Promise<R>): Promise<R> {
    if (this.#isClosed) throw new StorageError('closed', 'The address books are closed.');
    const book = this.#take(userId);
    try {
      return await use(await book.file);
    } finally {
      book.users -= 1;
      this.#forgetIdleBooks();
    }
  }

  #take(userId: UserId): OpenBook {
    const book = this.#books.get(userId) ?? this.#open(userId);
    book.users += 1;
    this.#books.delete(userId);
    this.#books.set(userId, book);
    return book;
  }

  #open(userId: UserId): OpenBook {
    const book = { file: EntityFile.open(join(this.#folder, fileNameOf(userId)), contactSchema), users: 0 };
    // A damaged book is read again at the next try: somebody may have repaired it.
    book.file.catch(() => {
      if (this.#books.get(userId) === book) this.#books.delete(userId);
    });
    return book;
  }

  #forgetIdleBooks(): void {
    let tooMany = this.#books.size - mostIdleBooks;
    for (const [userId, book] of this.#books) {
      if (tooMany <= 0) return;
      if (book.users > 0) continue;
      this.#books.delete(userId);
      tooMany -= 1;
    }
  }
}

/** User ids are anybody's text; a file's name is not. Capitals are hashed too, since some disks don't tell them apart. */
function fileNameOf(userId: UserId): string {
  const isPlain = /^[a-z0-9][a-z0-9_-]{0,99}$/.test(userId);
  return `${isPlain ? userId : `~${createHash('sha256').update(userId).digest('hex')}`}.json`;
}

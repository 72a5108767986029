import { EventEmitter } from 'node:events';
import { type ContactId, contactIdSchema, type UserId } from '../../shared/domain/index.ts';
import { DialbridgeError } from '../../shared/errors/index.ts';
import type { Contact, ContactDraft } from '../../shared/protocol/index.ts';
import type { Clock } from '../observability/index.ts';
import type { AddressBookStore } from '../storage/index.ts';

export interface AddressBookDeps {
  readonly store: AddressBookStore;
  readonly clock: Pick<Clock, 'now'>;
  readonly newId: () => string;
  /** E.164 where the text can be read as a number (by a country, ISO 3166-1 alpha-2), else the text as it is. */
  readonly normaliseNumber: (text: string, country: string) => string;
  /** What a person finds in a book that is opened for the first time. */
  readonly starterContacts: readonly ContactDraft[];
}

/** Whose book it is, and how numbers without a plus are read in it. */
export interface BookOwner {
  readonly userId: UserId;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
}

export interface AddressBookEvents {
  /** A contact was added, changed or deleted. */
  changed: [{ userId: UserId }];
}

const maxContacts = 5000;

/** Every person's own address book. */
export class AddressBook {
  readonly events = new EventEmitter<AddressBookEvents>();
  readonly #deps: AddressBookDeps;

  constructor(deps: AddressBookDeps) {
    this.#deps = deps;
  }

  async list(owner: BookOwner): Promise<readonly Contact[]> {
    const { store, starterContacts } = this.#deps;
    const contacts = await store.list(owner.userId);
    if (contacts.length > 0 || starterContacts.length === 0) return contacts;
    await this.#openBook(owner);
    return store.list(owner.userId);
  }

  /** @throws DialbridgeError `badRequest` when the book is full. */
  async add(owner: BookOwner, draft: ContactDraft): Promise<Contact> {
    if ((await this.list(owner)).length >= maxContacts) {
      throw new DialbridgeError('badRequest', {
        details: { detail: `an address book holds at most ${maxContacts} contacts` },
      });
    }
    const contact = this.#toContact(owner, draft);
    await this.#deps.store.update(owner.userId, contact.id, () => contact);
    this.#emitChanged(owner);
    return contact;
  }

  /** @throws DialbridgeError `notFound`; `conflict` when `revision` is not the present one. */
  async edit(owner: BookOwner, contactId: ContactId, draft: ContactDraft, revision: number): Promise<Contact> {
    const numbers = this.#readNumbers(owner, draft);
    let found: Contact | undefined;
    const contact = await this.#deps.store.update(owner.userId, contactId, (present) => {
      found = present;
      if (present?.revision !== revision) return present;
      return { ...draft, numbers, id: contactId, revision: revision + 1, updatedAtMs: this.#deps.clock.now() };
    });
    if (contact === undefined || found === undefined) throw new DialbridgeError('notFound');
    if (found.revision !== revision) throw new DialbridgeError('conflict');
    this.#emitChanged(owner);
    return contact;
  }

  /** Without a `revision` whatever is there goes. @throws DialbridgeError `notFound`, `conflict` */
  async delete(owner: BookOwner, contactId: ContactId, revision?: number): Promise<void> {
    let found: Contact | undefined;
    await this.#deps.store.update(owner.userId, contactId, (present) => {
      found = present;
      return revision === undefined || present?.revision === revision ? undefined : present;
    });
    if (found === undefined) throw new DialbridgeError('notFound');
    if (revision !== undefined && found.revision !== revision) throw new DialbridgeError('conflict');
    this.#emitChanged(owner);
  }

  async #openBook(owner: BookOwner): Promise<void> {
    const contacts = this.#deps.starterContacts.map((draft) => this.#toContact(owner, draft));
    await this.#deps.store.createIfAbsent(owner.userId, contacts);
  }

  #toContact(owner: BookOwner, draft: ContactDraft): Contact {
    return {
      ...draft,
      numbers: this.#readNumbers(owner, draft),
      id: contactIdSchema.parse(this.#deps.newId()),
      revision: 0,
      updatedAtMs: this.#deps.clock.now(),
    };
  }

  #readNumbers({ country }: BookOwner, draft: ContactDraft): ContactDraft['numbers'] {
    return draft.numbers.map((entry) => ({ ...entry, number: this.#deps.normaliseNumber(entry.number, country) }));
  }

  #emitChanged({ userId }: BookOwner): void {
    this.events.emit('changed', { userId });
  }
}

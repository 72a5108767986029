import { z } from 'zod';
import type { ContactId } from '../../shared/domain/index.ts';
import {
  type Contact,
  type ContactDraft,
  contactDraftSchema,
  contactListSchema,
  contactSchema,
} from '../../shared/protocol/index.ts';
import type { Session } from '../session/index.ts';
import { Observable, type Readable } from '../state/index.ts';
import type { Loadable } from './Loadable.ts';

export type ContactBookState = Loadable<readonly Contact[]>;

/** The person's address book: a copy of the bridge's, read again whenever another device changed it. */
export class ContactBook {
  readonly #session: Pick<Session, 'send'>;
  readonly #state = new Observable<ContactBookState>({ kind: 'loading' });

  constructor(session: Pick<Session, 'send'>) {
    this.#session = session;
  }

  get state(): Readable<ContactBookState> {
    return this.#state;
  }

  /** Reads the whole book. A failure is kept in the state, unless there is an older copy to show. */
  async load(): Promise<void> {
    try {
      const { contacts } = await this.#session.send({ method: 'GET', path: '/contacts' }, contactListSchema);
      this.#state.set({ kind: 'ready', value: sortByName(contacts) });
    } catch (error) {
      if (this.#state.get().kind !== 'ready') this.#state.set({ kind: 'failed', error });
    }
  }

  /** @throws DialbridgeError, BridgeUnreachableError */
  async add(draft: ContactDraft): Promise<Contact> {
    const body = contactDraftSchema.parse(draft);
    const contact = await this.#session.send({ method: 'POST', path: '/contacts', body }, contactSchema);
    this.#replace(contact.id, contact);
    return contact;
  }

  /** @throws DialbridgeError `conflict` when another device changed the contact since `based` was read; the book is then read again. */
  async change(based: Contact, draft: ContactDraft): Promise<Contact> {
    const body = contactDraftSchema.parse(draft);
    const path = contactPath(based.id);
    try {
      const contact = await this.#session.send({ method: 'PUT', path, body, ifMatch: based.revision }, contactSchema);
      this.#replace(contact.id, contact);
      return contact;
    } catch (error) {
      await this.load();
      throw error;
    }
  }

  /** @throws DialbridgeError, BridgeUnreachableError */
  async remove(contact: Contact): Promise<void> {
    await this.#session.send(
      { method: 'DELETE', path: contactPath(contact.id), ifMatch: contact.revision },
      z.unknown(),
    );
    this.#replace(contact.id, null);
  }

  #replace(id: ContactId, contact: Contact | null): void {
    const state = this.#state.get();
    const others = state.kind === 'ready' ? state.value.filter((other) => other.id !== id) : [];
    this.#state.set({ kind: 'ready', value: sortByName(contact === null ? others : [...others, contact]) });
  }
}

function contactPath(id: ContactId): string {
  return `/contacts/${encodeURIComponent(id)}`;
}

function sortByName(contacts: readonly Contact[]): readonly Contact[] {
  return [...contacts].sort((a, b) => a.name.localeCompare(b.name));
}

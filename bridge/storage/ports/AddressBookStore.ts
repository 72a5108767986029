import type { ContactId, UserId } from '../../../shared/domain/index.ts';
import type { Contact } from '../../../shared/protocol/index.ts';

/** Address books, one per user; a write costs what that user's book costs. */
export interface AddressBookStore {
  /** Makes the user's book with these contacts unless there is one already; says whether it did. */
  createIfAbsent(userId: UserId, contacts: readonly Contact[]): Promise<boolean>;
  list(userId: UserId): Promise<readonly Contact[]>;
  get(userId: UserId, contactId: ContactId): Promise<Contact | undefined>;
  /** Atomic change of one contact, as `Collection.update`. */
  update(
    userId: UserId,
    contactId: ContactId,
    change: (present: Contact | undefined) => Contact | undefined,
  ): Promise<Contact | undefined>;
}

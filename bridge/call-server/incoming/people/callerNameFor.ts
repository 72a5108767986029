import type { UserId } from '../../../../shared/domain/index.ts';
import type { Logger } from '../../../observability/index.ts';
import type { AddressBookStore } from '../../../storage/index.ts';

export interface CallerNameDeps {
  readonly addressBooks: Pick<AddressBookStore, 'list'>;
  readonly logger: Logger;
}

export interface CallerName {
  readonly callingName: string | null;
  /** From the person's own address book. */
  readonly isContact: boolean;
}

/** Who calls, for one person: by the number in their own address book, else as the network told it. */
export async function callerNameFor(
  userId: UserId,
  caller: { readonly callingNumber: string | null; readonly callingName: string | null },
  { addressBooks, logger }: CallerNameDeps,
): Promise<CallerName> {
  const unknown = { callingName: caller.callingName, isContact: false };
  if (caller.callingNumber === null) return unknown;
  try {
    const contacts = await addressBooks.list(userId);
    const contact = contacts.find(({ numbers }) => numbers.some(({ number }) => number === caller.callingNumber));
    return contact ? { callingName: contact.name, isContact: true } : unknown;
  } catch (error) {
    // A telephone that doesn't ring is worse than one that shows no name.
    logger.warn({ error, userId }, 'No name could be looked up for an incoming call');
    return unknown;
  }
}

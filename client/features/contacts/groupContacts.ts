import type { Contact } from '../../../shared/protocol/index.ts';

export interface ContactGroup {
  /** Letter that the names begin with; `#` for other characters. */
  readonly initial: string;
  readonly contacts: readonly Contact[];
}

/** Sorted contacts under their first letters, accents aside. */
export function groupContacts(contacts: readonly Contact[]): readonly ContactGroup[] {
  const groups = new Map<string, Contact[]>();
  for (const contact of contacts) {
    const initial = initialOf(contact.name);
    groups.set(initial, [...(groups.get(initial) ?? []), contact]);
  }
  return [...groups].map(([initial, members]) => ({ initial, contacts: members }));
}

function initialOf(name: string): string {
  const first = [...name.normalize('NFD')][0]?.toLocaleUpperCase() ?? '';
  return /\p{L}/u.test(first) ? first : '#';
}

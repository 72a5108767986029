import type { Contact } from '../../shared/protocol/index.ts';

export interface ContactMatch {
  readonly contact: Contact;
  /** The number of the contact that was meant: the one that matches the digits, else the first. */
  readonly number: string;
}

/** Contacts whose name, company or number has the text in it; names that begin with it first. */
export function matchContacts(contacts: readonly Contact[], text: string): readonly ContactMatch[] {
  const wanted = fold(text.trim());
  if (wanted === '') return [];
  const digits = digitsOf(text);
  const isNumber = digits.length > 0 && !/\p{L}/u.test(text);
  return contacts
    .flatMap((contact) => {
      const first = contact.numbers[0]?.number ?? '';
      const byDigits = isNumber ? contact.numbers.find(({ number }) => hasDigits(number, digits)) : undefined;
      if (byDigits !== undefined) return [{ contact, number: byDigits.number, rank: 1 }];
      const rank = rankByName(contact, wanted);
      return rank === null ? [] : [{ contact, number: first, rank }];
    })
    .sort((a, b) => a.rank - b.rank)
    .map(({ contact, number }) => ({ contact, number }));
}

/** The contact that has this number, however it is written. */
export function findByNumber(contacts: readonly Contact[], number: string): Contact | undefined {
  return digitsOf(number) === ''
    ? undefined
    : contacts.find((contact) => contact.numbers.some((candidate) => isSameNumber(candidate.number, number)));
}

function rankByName(contact: Contact, wanted: string): number | null {
  const name = fold(contact.name);
  if (name.startsWith(wanted)) return 0;
  if (name.split(/\s+/).some((word) => word.startsWith(wanted))) return 1;
  if (name.includes(wanted) || fold(contact.company ?? '').includes(wanted)) return 2;
  return null;
}

/** National digits match inside the international ones, so a leading trunk zero is left out. */
function hasDigits(number: string, digits: string): boolean {
  const candidate = digitsOf(number);
  return candidate.includes(digits) || (digits.length > 2 && candidate.includes(digits.replace(/^0+/, '')));
}

const leastSharedDigits = 7;

/** Equal, or one is the other without its country code; two that both have one must be equal. */
function isSameNumber(one: string, other: string): boolean {
  const a = digitsOf(one);
  const b = digitsOf(other);
  if (a === b) return true;
  if (one.startsWith('+') && other.startsWith('+')) return false;
  const [shorter, longer] = a.length < b.length ? [a, b] : [b, a];
  const national = shorter.replace(/^0+/, '');
  return national.length >= leastSharedDigits && longer.endsWith(national);
}

function digitsOf(text: string): string {
  return text.replace(/[^0-9*#]/g, '');
}

/** Case and accents don't matter to somebody who searches. */
function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();
}

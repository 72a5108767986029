import { AsYouType, type CountryCode } from 'libphonenumber-js/min';

/** What stands in the field after somebody changed it. */
export interface NumberEdit {
  /** The text before the change. */
  readonly before: string;
  readonly text: string;
  /** Where the caret is in `text`. */
  readonly caret: number;
  /** The change was made by the Delete key rather than Backspace. */
  readonly isForward?: boolean;
}

export interface TypedNumber {
  readonly text: string;
  readonly caret: number;
}

/**
 * Formats a number while it is written, in the middle too: the caret stays behind the same digit. Deleting a bracket or a
 * space, which would come back at once, deletes the digit that it stood beside.
 */
export function typeNumber(edit: NumberEdit, country: string): TypedNumber {
  if (!isPlainNumber(edit.text)) return { text: edit.text, caret: edit.caret };
  const { text, caret } = reachOverSeparator(edit);
  const formatted = formatTyped(text, country);
  if (caret >= text.length) return { text: formatted, caret: formatted.length };
  return { text: formatted, caret: caretAfter(formatted, countDialable(text.slice(0, caret))) };
}

/** As far as it is typed, in the way of the country. Names, `*` and `#` stay as they are. */
export function formatTyped(text: string, country: string): string {
  if (!isPlainNumber(text)) return text;
  return new AsYouType(country as CountryCode).input(text.replace(/[^0-9+]/g, ''));
}

/** Letters mean a name, and star and hash a service code: neither has a format. */
function isPlainNumber(text: string): boolean {
  return /^[0-9+()\-.\s/]*$/.test(text);
}

function reachOverSeparator({ before, text, caret, isForward = false }: NumberEdit): TypedNumber {
  const goneCount = before.length - text.length;
  // Only what was taken out at the caret was deleted: a field that was filled anew, by a password manager or by voice, may
  // have the same digits without their separators.
  const isDeletion = goneCount > 0 && text === before.slice(0, caret) + before.slice(caret + goneCount);
  if (!isDeletion || dialable(text) !== dialable(before) || dialable(text) === '') return { text, caret };
  const place = isForward ? text.slice(caret).search(/[0-9+]/) + caret : lastDialable(text.slice(0, caret));
  if (place < caret && isForward) return { text, caret };
  if (place < 0) return { text, caret };
  return { text: text.slice(0, place) + text.slice(place + 1), caret: isForward ? caret : place };
}

function lastDialable(text: string): number {
  return Math.max(...[...'0123456789+'].map((character) => text.lastIndexOf(character)));
}

function dialable(text: string): string {
  return text.replace(/[^0-9+]/g, '');
}

function countDialable(text: string): number {
  return dialable(text).length;
}

function caretAfter(text: string, count: number): number {
  if (count === 0) return 0;
  let seen = 0;
  for (let place = 0; place < text.length; place += 1) {
    if (/[0-9+]/.test(text[place] ?? '')) seen += 1;
    if (seen === count) return place + 1;
  }
  return text.length;
}

/**
 * Decimal digits of these scripts are folded to ASCII, since phones and address books write them: Arabic-Indic, Extended
 * Arabic-Indic, Devanagari, Bengali, Thai, fullwidth. Others (superscripts, circled, mathematical) look like a trick and
 * are refused.
 */
const foldedZeros = [0x0660, 0x06f0, 0x0966, 0x09e6, 0x0e50, 0xff10];

/** Spaces of any kind, dots, brackets, slashes, and the hyphens and dashes that editors put into numbers. */
const separator = /[\t\p{Zs}.()[\]/\-\u2010-\u2015\u2212\u30fc\uff08\uff09\uff0d\uff0e]/gu;

/** Direction marks and joiners that come along when a number is copied from a page or an address book. */
const invisible = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;

export interface CleanDestination {
  /** ASCII digits, with a leading `+` where the number is international. */
  readonly digits: string;
  /** Letters followed the digits and were turned into digits as a telephone's keys show them. */
  readonly hasLetters: boolean;
}

/**
 * What a person wrote, brought down to an optional `+`, digits and, as on a telephone's keys, letters turned into digits.
 * Undefined when anything else is in it: control characters (CR, LF, NUL), `@`, `;`, `%`, `*`, `#`, a scheme other than
 * `tel:`, an extension, or a plus anywhere but in front.
 */
export function cleanDestination(text: string): CleanDestination | undefined {
  const bare = foldDigits(text)
    .replace(invisible, '')
    .replace(/\uff0b/g, '+')
    .trim()
    .replace(/^tel:/i, '')
    .replace(separator, '');
  // The trim above would also take away CR and LF at the ends; they are refused wherever they stand.
  if (hasControlCharacter(text)) return undefined;
  if (/^\+?[0-9]+$/.test(bare)) return { digits: bare, hasLetters: false };
  // 1-800-FLOWERS: at least two digits, then at least three letters up to the end.
  const spelled = /^(\+?[0-9]{2,})([A-Za-z]{3,})$/.exec(bare);
  if (spelled?.[1] === undefined || spelled[2] === undefined) return undefined;
  return { digits: spelled[1] + keysOf(spelled[2]), hasLetters: true };
}

function foldDigits(text: string): string {
  return text.replace(/[\u0660-\uff19]/g, (character) => {
    const code = character.charCodeAt(0);
    const zero = foldedZeros.find((start) => code >= start && code < start + 10);
    return zero === undefined ? character : String(code - zero);
  });
}

/** ITU-T E.161: the letters on a telephone's keys. */
function keysOf(letters: string): string {
  return letters
    .toUpperCase()
    .replace(/[A-Z]/g, (letter) => '22233344455566677778889999'.charAt(letter.charCodeAt(0) - 65));
}

function hasControlCharacter(text: string): boolean {
  for (const character of text) {
    const code = character.charCodeAt(0);
    if (character !== '\t' && (code < 0x20 || (code >= 0x7f && code < 0xa0) || code === 0x2028 || code === 0x2029))
      return true;
  }
  return false;
}

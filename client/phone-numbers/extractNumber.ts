import { type CountryCode, findPhoneNumbersInText } from 'libphonenumber-js/min';

/** The telephone number in a pasted text: a `tel:` address (RFC 3966), a number among words, or digits; null when there is none. */
export function extractNumber(text: string, country: string): string | null {
  const address = /\btel:([^;?\s]+)/i.exec(text)?.[1];
  if (address !== undefined) return clean(decode(address));
  const trimmed = text.trim();
  if (/^[0-9+*#()\-.\s/]+$/.test(trimmed)) return clean(trimmed);
  const found = findPhoneNumbersInText(trimmed, country as CountryCode)[0];
  if (found) return found.number.number;
  const digits = /\+?[0-9][0-9()\-.\s/]{3,}[0-9]/.exec(trimmed)?.[0];
  return digits === undefined ? null : clean(digits);
}

function clean(text: string): string | null {
  const number = text.replace(/[^0-9+*#]/g, '').replace(/(?!^)\+/g, '');
  return number === '' || number === '+' ? null : number;
}

function decode(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

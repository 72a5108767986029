import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** A number for reading: the national way at home, the international one abroad, as it is where it is no number. */
export function formatNumber(number: string, country: string): string {
  const parsed = parsePhoneNumberFromString(number, country as CountryCode);
  if (!parsed?.isPossible()) return number;
  return parsed.country === country ? parsed.formatNational() : parsed.formatInternational();
}

/** How a number is kept: E.164 where it can be read as a number, else as written. */
export function normalizeNumber(number: string, country: string): string {
  const parsed = parsePhoneNumberFromString(number, country as CountryCode);
  return parsed?.isPossible() ? parsed.number : number.trim();
}

import {
  type CountryCode,
  getCountryCallingCode,
  isSupportedCountry,
  type PhoneNumber,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max';
import type { NumberType } from '../../../../shared/domain/index.ts';
import { DialbridgeError } from '../../../../shared/errors/index.ts';
import { type CleanDestination, cleanDestination } from './cleanDestination.ts';
import { isEmergencyNumber } from './emergencyNumbers.ts';
import { numberTypeOf } from './numberTypeOf.ts';

export interface Destination {
  /** E.164 with its plus; of an emergency number the bare digits, as its country dials them. */
  readonly e164: string;
  readonly isEmergency: boolean;
  /** ISO 3166-1 alpha-2; null for numbers that belong to no country (+800, +883) or to one that can't be told. */
  readonly country: string | null;
  /** Where the country can't be told: those that share the code and whose numbers may look like this. */
  readonly possibleCountries: readonly string[];
  readonly type: NumberType;
  /** For people, in international format: `+1 202 555 0123`. */
  readonly formatted: string;
}

/** Types in which companies spell words; in the North American plan, whose length is fixed, any number may. */
const spelledTypes: ReadonlySet<string | undefined> = new Set(['TOLL_FREE', 'SHARED_COST', 'PERSONAL_NUMBER', 'UAN']);

/** National significant numbers as short as this must be assigned ones, else they are short codes. */
const shortCodeLength = 6;

/**
 * Reads what a person wrote as a telephone number, as somebody in `country` (ISO 3166-1 alpha-2) would dial it.
 *
 * Read: E.164 with `+`, international format after the country's own prefix (011, 00, 0011, 8~10) or after `00` anywhere,
 * national format with or without the trunk prefix, with spaces, tabs, dots, brackets, slashes and dashes between, after `tel:`
 * (RFC 3966) without parameters. Digits of some scripts are folded and direction marks taken out (cleanDestination.ts).
 * Letters become digits as on a telephone's keys (1-800-FLOWERS) where they are the end of the number and the outcome is an
 * assigned number of a kind that is spelled; a word behind an ordinary number is refused.
 *
 * Every *possible* number is read (right length for its country), assigned or not: numbering plans change faster than metadata,
 * and the network answers what doesn't exist. Refused: extensions, SIP URIs, `*` and `#` codes, control characters, short codes.
 * Emergency numbers are read and told, also written as +49 110; whether they are served is not decided here.
 *
 * @throws DialbridgeError `notAPhoneNumber`
 */
export function parseDestination(text: string, country: string): Destination {
  const clean = text.length <= 100 ? cleanDestination(text) : undefined;
  if (clean === undefined) throw notAPhoneNumber(text);
  if (isEmergencyNumber(clean.digits, country)) return emergencyNumber(clean.digits, country);
  const number = read(clean.digits, isSupportedCountry(country) ? country : undefined);
  if (number === undefined) throw notAPhoneNumber(text);
  // +49 110 is as much a call for help as 110.
  const home = isOfPlan(number, country) ? country : (number.country ?? null);
  if (isEmergencyNumber(number.nationalNumber, home ?? country)) return emergencyNumber(number.nationalNumber, home);
  if (!number.isPossible() || !isPlausible(number, clean)) throw notAPhoneNumber(text);
  return new SubscriberNumber(number);
}

/** What costs something to find out is found out where it is asked for. */
class SubscriberNumber implements Destination {
  readonly isEmergency = false;
  readonly #number: PhoneNumber;
  #type: NumberType | undefined;

  constructor(number: PhoneNumber) {
    this.#number = number;
  }

  get e164(): string {
    return this.#number.number;
  }

  get country(): string | null {
    return this.#number.country ?? null;
  }

  get possibleCountries(): readonly string[] {
    return this.#number.country === undefined ? this.#number.getPossibleCountries() : [];
  }

  get type(): NumberType {
    this.#type ??= numberTypeOf(this.#number);
    return this.#type;
  }

  get formatted(): string {
    return this.#number.formatInternational();
  }
}

function emergencyNumber(digits: string, country: string | null): Destination {
  return { e164: digits, isEmergency: true, country, possibleCountries: [], type: 'unknown', formatted: digits };
}

/** Whether the number is of the numbering plan that this country is in. */
function isOfPlan(number: PhoneNumber, country: string): boolean {
  return isSupportedCountry(country) && number.countryCallingCode === getCountryCallingCode(country);
}

function read(digits: string, country: CountryCode | undefined): PhoneNumber | undefined {
  const options = country === undefined ? { extract: false } : { extract: false, defaultCountry: country };
  const number = parsePhoneNumberFromString(digits, options);
  if (!digits.startsWith('00') || number?.isValid()) return number;
  // Dialled as in most of the world, from a country whose own international prefix is another.
  return parsePhoneNumberFromString(`+${digits.slice(2)}`, { extract: false });
}

function isPlausible(number: PhoneNumber, clean: CleanDestination): boolean {
  if (clean.hasLetters) {
    return number.isValid() && (number.countryCallingCode === '1' || spelledTypes.has(number.getType()));
  }
  return number.nationalNumber.length >= shortCodeLength || number.isValid();
}

function notAPhoneNumber(text: string): DialbridgeError {
  const shown = text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, ' ').trim();
  return new DialbridgeError('notAPhoneNumber', { details: { number: shown.slice(0, 40) } });
}

import { type PhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { NumberType } from '../../../../shared/domain/index.ts';

const names: Record<NonNullable<ReturnType<PhoneNumber['getType']>>, NumberType> = {
  FIXED_LINE: 'fixedLine',
  MOBILE: 'mobile',
  FIXED_LINE_OR_MOBILE: 'fixedLineOrMobile',
  TOLL_FREE: 'tollFree',
  PREMIUM_RATE: 'premiumRate',
  SHARED_COST: 'sharedCost',
  VOIP: 'voip',
  PERSONAL_NUMBER: 'personalNumber',
  PAGER: 'pager',
  UAN: 'uan',
  VOICEMAIL: 'voicemail',
};

/**
 * Blocks whose kind the library doesn't tell, or only for numbers that it knows to be assigned: fraud calls into the rest.
 *
 * Satellites and international networks by "List of ITU-T Recommendation E.164 assigned country codes" (annex to the ITU
 * Operational Bulletin): +870 Inmarsat, +881 the global mobile satellite systems, +882 13 EMS, +882 16 Thuraya, +882 20 Garuda; the
 * rest of +882 and +883 are networks of no country. +979 is the international premium-rate service (ITU-T E.169.2).
 * In the North American plan pay-per-call services have the area code 900 (47 CFR 64.1506) or the exchange 976.
 */
const blocks: readonly (readonly [RegExp, NumberType])[] = [
  [/^\+(870|881|882(13|16|20))/, 'satellite'],
  [/^\+88[23]/, 'internationalNetwork'],
  [/^\+979/, 'premiumRate'],
  [/^\+1(900|\d{3}976)/, 'premiumRate'],
];

export function numberTypeOf(number: PhoneNumber): NumberType {
  const block = blocks.find(([pattern]) => pattern.test(number.number));
  if (block) return block[1];
  const type = number.getType();
  if (type !== undefined) return names[type];
  return beginsAsPremiumRate(number) ? 'premiumRate' : 'unknown';
}

/** Shorter national numbers are no premium-rate numbers. */
const shortestNational = 3;

/**
 * Where the plan's numbers have no fixed length, a number with digits too many is a possible one and of no kind. Networks put a call
 * through once they have the digits that they need, so it ends at the number that is its beginning.
 */
function beginsAsPremiumRate({ number, countryCallingCode }: PhoneNumber): boolean {
  for (let length = number.length - 1; length > countryCallingCode.length + shortestNational; length -= 1) {
    const beginning = parsePhoneNumberFromString(number.slice(0, length), { extract: false });
    if (beginning?.getType() === 'PREMIUM_RATE') return true;
  }
  return false;
}

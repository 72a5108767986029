import type { PhoneNumber } from 'libphonenumber-js/max';
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
  return type === undefined ? 'unknown' : names[type];
}

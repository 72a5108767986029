import type { NumberType } from '../../../../shared/domain/index.ts';

/** What people call a number of each kind. */
const kinds: Readonly<Record<NumberType, string>> = {
  fixedLine: 'landline number',
  mobile: 'mobile number',
  fixedLineOrMobile: 'landline or mobile number',
  tollFree: 'toll-free number',
  premiumRate: 'premium-rate number',
  sharedCost: 'shared-cost number',
  voip: 'internet telephone number',
  personalNumber: 'personal number',
  pager: 'pager number',
  uan: 'company-wide number',
  voicemail: 'voicemail number',
  satellite: 'satellite telephone number',
  internationalNetwork: 'number of an international network',
  unknown: 'number of no known kind',
};

/** `a premium-rate number`. */
export function oneOfKind(type: NumberType): string {
  return `${/^[aeiou]/.test(kinds[type]) ? 'an' : 'a'} ${kinds[type]}`;
}

/** `premium-rate numbers`. */
export function manyOfKind(type: NumberType): string {
  return kinds[type].replace('number', 'numbers');
}

const countries = new Intl.DisplayNames('en', { type: 'region' });

/** `Germany` for `DE`; the code itself where it is none. */
export function countryName(code: string): string {
  return /^[A-Z]{2}$/.test(code) ? (countries.of(code) ?? code) : code;
}

import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { highRiskNumberTypes } from '../../../../shared/domain/index.ts';
import { numberTypeOf } from './numberTypeOf.ts';

/** Whether a number (E.164) is of a kind that costs much and is what fraud calls: premium-rate, satellite, international network. */
export function isHighRiskNumber(e164: string): boolean {
  const number = parsePhoneNumberFromString(e164, { extract: false });
  return number !== undefined && highRiskNumberTypes.includes(numberTypeOf(number));
}

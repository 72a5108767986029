import { type CountryCode, getCountryCallingCode, Metadata } from 'libphonenumber-js/min';

export interface NationalForm {
  /** With the plus: `+49`. */
  readonly callingCode: string;
  /** What is written before a number within the country: `0`; empty where nothing is. */
  readonly trunkPrefix: string;
  /** What stands for the plus within the country: `00`, `011`. */
  readonly internationalPrefix: string;
}

/** Their numbers keep their leading zero in E.164, so that nothing is put before them at home. */
const keepsZero: ReadonlySet<string> = new Set(['IT', 'SM', 'VA']);

/** How numbers are written within a country (ISO 3166-1 alpha-2); null for one without numbers. */
export function nationalForm(country: string): NationalForm | null {
  const metadata = new Metadata();
  try {
    metadata.selectNumberingPlan(country as CountryCode);
  } catch {
    return null;
  }
  // The library has it, its types don't.
  const plan = metadata.numberingPlan as unknown as { nationalPrefix(): string | undefined; IDDPrefix(): string };
  const idd = metadata.numberingPlan?.defaultIDDPrefix() ?? plan.IDDPrefix();
  return {
    callingCode: `+${getCountryCallingCode(country as CountryCode)}`,
    trunkPrefix: keepsZero.has(country) ? '' : (plan.nationalPrefix() ?? ''),
    // Where there are several ways out of the country it is a pattern.
    internationalPrefix: /^\d+$/.test(idd) ? idd : '00',
  };
}

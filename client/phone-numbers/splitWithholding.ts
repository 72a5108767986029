/**
 * Takes the code in front of a number that withholds the caller's own for this one call: `#31#` as mobile networks have it
 * (3GPP TS 22.030, annex B), `*31#` as fixed networks do. (To mobile networks the latter says the opposite; here withholding
 * is a setting of its own, and who dials any code for it shall not be seen.)
 */
export function splitWithholding(destination: string): { readonly number: string; readonly isWithheld: boolean } {
  const number = destination.trim().replace(/^[*#]\s*31\s*#\s*/, '');
  // The code alone leads nowhere: it goes out as it is, and the bridge says so.
  const isWithheld = number !== '' && number !== destination.trim();
  return { number: isWithheld ? number : destination, isWithheld };
}

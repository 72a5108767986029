import { normalizeNumber } from '../../phone-numbers/index.ts';

/** The whole telephone number that was searched for, in E.164; null where it is a name or a prefix. */
export function numberIn(text: string, country: string): string | null {
  if (!/^[\d\s+().\-/]+$/.test(text)) return null;
  const number = normalizeNumber(text.replace(/^\s*00/, '+'), country);
  return /^\+\d{7,15}$/.test(number) ? number : null;
}

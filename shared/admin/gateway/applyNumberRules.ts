import type { NumberRule } from './numberRule.ts';

/**
 * The number as somebody else writes it. Of the rules whose `match` it begins with the longest counts, of equals the first; what no
 * rule matches stays as it is. A rule that would leave nothing of the number is passed over.
 */
export function applyNumberRules(number: string, rules: readonly NumberRule[]): string {
  let best: { readonly length: number; readonly written: string } | null = null;
  for (const { match, strip, add } of rules) {
    if (!number.startsWith(match) || match.length <= (best?.length ?? -1)) continue;
    const written = add + number.slice(strip);
    if (written !== '' && written !== '+') best = { length: match.length, written };
  }
  return best?.written ?? number;
}

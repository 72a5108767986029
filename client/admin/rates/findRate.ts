import type { Rate } from '../../../shared/admin/index.ts';

/** The rate that counts for a number in E.164: that of the longest prefix. */
export function findRate(rates: readonly Rate[], e164: string): Rate | null {
  let found: Rate | null = null;
  for (const rate of rates) {
    if (e164.startsWith(rate.id) && rate.id.length > (found?.id.length ?? 0)) found = rate;
  }
  return found;
}

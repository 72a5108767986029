import type { NewRate } from './readRatesCsv.ts';

/** Whether calls cost the same by both, under the same name. */
export function isSameRate(a: NewRate, b: NewRate): boolean {
  return (
    a.name === b.name &&
    a.pricePerMinute === b.pricePerMinute &&
    a.connectionFee === b.connectionFee &&
    a.firstSeconds === b.firstSeconds &&
    a.incrementSeconds === b.incrementSeconds
  );
}

import type { Rate } from '../../../shared/admin/index.ts';
import { writeCsv } from '../sheet/index.ts';

const headings = ['Prefix', 'Name', 'Price per minute', 'Connection fee', 'First seconds', 'Increment'];

/** The rate table as CSV (RFC 4180), which `readRatesCsv` reads back. Names that a spreadsheet would run as formulas get an apostrophe. */
export function writeRatesCsv(rates: readonly Rate[]): string {
  const data = rates.map((rate) => [
    rate.id,
    rate.name ?? '',
    plainNumber(rate.pricePerMinute),
    plainNumber(rate.connectionFee),
    rate.firstSeconds,
    rate.incrementSeconds,
  ]);
  return writeCsv(headings, data);
}

/** `String(0.0000001)` is `1e-7`. */
function plainNumber(amount: number): string {
  return amount.toFixed(6).replace(/\.?0+$/, '');
}

import type { GatewayView } from '../../../../shared/admin/index.ts';
import { barePrefix, parseAmount } from '../../words/index.ts';

/** Prefixes as people paste them, whatever stands between them: each once, in international form. */
export function parsePrefixes(text: string): readonly string[] {
  return [...new Set(text.split(/[\s,;]+/).filter((one) => one !== ''))].map(barePrefix);
}

export function writePrefixes(prefixes: readonly string[]): string {
  return prefixes.join('\n');
}

/** A line of costs; what can't be read of it is null, which the schema refuses. */
export interface CostLine {
  readonly prefix: string;
  readonly pricePerMinute: number | null;
  readonly connectionFee: number | null;
}

/**
 * Costs as lines of prefix, price a minute and, if there is one, connection fee; separated by tabs or semicolons (then the comma
 * may be the decimal one), else by commas or spaces. A line of headings is passed over.
 */
export function parseCosts(text: string): readonly CostLine[] {
  const lines = text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '');
  const isHeading = (line: string, index: number) => index === 0 && !/\d/.test(line);
  return lines.filter((line, index) => !isHeading(line, index)).map(parseCost);
}

function parseCost(line: string): CostLine {
  const separator = /[;\t]/.test(line) ? /\s*[;\t]\s*/ : /\s*,\s*|\s+/;
  const [prefix = '', price = '', fee = '', ...more] = line.trim().split(separator);
  return {
    prefix: barePrefix(prefix),
    pricePerMinute: more.length === 0 ? parseAmount(price) : null,
    connectionFee: fee === '' ? 0 : parseAmount(fee),
  };
}

export function writeCosts(costs: GatewayView['costs']): string {
  return costs
    .map(({ prefix, pricePerMinute, connectionFee }) =>
      [prefix, pricePerMinute, ...(connectionFee === 0 ? [] : [connectionFee])].join(', '),
    )
    .join('\n');
}

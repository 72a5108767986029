import { type Rate, rateDraftSchema, rateIdSchema } from '../../../shared/admin/index.ts';
import { bareCell, type CsvLine, readCsv } from '../sheet/index.ts';
import { parseAmount } from '../words/index.ts';
import { columnOf, type RateColumn } from './csvColumns.ts';

/** A rate as a file has it: not kept yet. */
export type NewRate = Omit<Rate, 'revision' | 'updatedAtMs'>;

export interface CsvProblem {
  /** Line of the file, from 1. */
  readonly line: number;
  readonly column: RateColumn | 'duplicate';
  /** What stands there. */
  readonly value: string;
  /** Of a duplicate: where the prefix came first. */
  readonly firstLine?: number;
}

export type CsvReading =
  /** The first line doesn't name the columns that must be there. */
  | { readonly kind: 'noHeadings'; readonly missing: readonly RateColumn[]; readonly headings: readonly string[] }
  | { readonly kind: 'twoColumns'; readonly column: RateColumn; readonly headings: readonly string[] }
  | {
      readonly kind: 'rates';
      readonly rates: readonly NewRate[];
      readonly problems: readonly CsvProblem[];
      /** Headings that mean nothing to us. */
      readonly ignored: readonly string[];
    };

const newRateSchema = rateDraftSchema.extend({ id: rateIdSchema });
const needed: readonly RateColumn[] = ['prefix', 'pricePerMinute'];

/**
 * Reads a rate sheet: CSV (RFC 4180) with a line of headings, separated by comma, semicolon or tab, decimal point or comma.
 * Lines that can't be used are told one by one; the others are read all the same.
 */
export function readRatesCsv(text: string): CsvReading {
  const { headings, lines } = readCsv(text, (heading) => columnOf(heading) !== undefined);
  const columns = headings.map(columnOf);
  const missing = needed.filter((column) => !columns.includes(column));
  if (missing.length > 0) return { kind: 'noHeadings', missing, headings };
  const double = columns.find((column, index) => column !== undefined && columns.indexOf(column) !== index);
  if (double !== undefined) {
    return { kind: 'twoColumns', column: double, headings: headings.filter((_, index) => columns[index] === double) };
  }
  return {
    kind: 'rates',
    ...readLines(lines, columns),
    ignored: headings.filter((heading, index) => columns[index] === undefined && heading.trim() !== ''),
  };
}

function readLines(lines: readonly CsvLine[], columns: readonly (RateColumn | undefined)[]) {
  const rates: NewRate[] = [];
  const problems: CsvProblem[] = [];
  const firstLines = new Map<string, number>();
  for (const { line, cells } of lines) {
    const read = readLine(new Map(columns.map((column, index) => [column, cells[index]?.trim() ?? ''])));
    if ('column' in read) {
      problems.push({ line, ...read });
      continue;
    }
    const firstLine = firstLines.get(read.id);
    if (firstLine === undefined) {
      firstLines.set(read.id, line);
      rates.push(read);
    } else {
      problems.push({ line, column: 'duplicate', value: read.id, firstLine });
    }
  }
  return { rates, problems };
}

function readLine(
  cells: ReadonlyMap<RateColumn | undefined, string>,
): NewRate | { readonly column: RateColumn; readonly value: string } {
  const { firstSeconds, incrementSeconds } = readSteps(cells);
  const name = readName(cells.get('name') ?? '');
  const parsed = newRateSchema.safeParse({
    id: readPrefix(cells.get('prefix') ?? ''),
    ...(name !== '' && { name }),
    pricePerMinute: parseAmount(cells.get('pricePerMinute') ?? ''),
    ...amountIfThere('connectionFee', cells.get('connectionFee')),
    ...amountIfThere('firstSeconds', firstSeconds),
    ...amountIfThere('incrementSeconds', incrementSeconds),
  });
  if (parsed.success) return parsed.data;
  const key = parsed.error.issues[0]?.path[0];
  const column: RateColumn = key === 'id' || key === undefined ? 'prefix' : (key as RateColumn);
  return { column, value: cells.get(column) ?? '' };
}

function amountIfThere(column: RateColumn, text: string | undefined): Partial<Record<RateColumn, number | null>> {
  return text === undefined || text === '' ? {} : { [column]: parseAmount(text) };
}

/** Many sheets have both times in one cell: `60/60`, `30/6`. */
function readSteps(cells: ReadonlyMap<RateColumn | undefined, string>) {
  const incrementSeconds = cells.get('incrementSeconds');
  const both = /^(\d+)\s*\/\s*(\d+)$/.exec(incrementSeconds ?? '');
  if (both === null) return { firstSeconds: cells.get('firstSeconds'), incrementSeconds };
  return { firstSeconds: cells.get('firstSeconds') || both[1], incrementSeconds: both[2] };
}

/** `+49`, `0049`, `49` and `49 (170)` are written with a plus. No country code begins with a zero (ITU-T E.164). */
function readPrefix(text: string): string {
  const plain = text.replace(/^'/, '').replace(/[\s\u00a0().\-/]/g, '');
  const digits = /^(?:\+|00)?([1-9]\d*)$/.exec(plain)?.[1];
  return digits === undefined ? (plain === '+' ? plain : '') : `+${digits}`;
}

/** On one line, and without the apostrophe that keeps a spreadsheet from reading a text as a formula. */
function readName(text: string): string {
  return bareCell(text).replace(/\s+/g, ' ');
}

import Papa from 'papaparse';
import { type Rate, rateDraftSchema, rateIdSchema } from '../../../shared/admin/index.ts';
import { columnOf, type RateColumn } from './csvColumns.ts';
import { parseAmount } from './parseAmount.ts';

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
  const bare = text.replace(/^\ufeff/, '');
  const { data: rows } = Papa.parse<string[]>(bare, { delimiter: findDelimiter(bare) });
  const [headings = [], ...lines] = rows;
  const columns = headings.map(columnOf);
  const missing = needed.filter((column) => !columns.includes(column));
  if (missing.length > 0) return { kind: 'noHeadings', missing, headings };
  const double = columns.find((column, index) => column !== undefined && columns.indexOf(column) !== index);
  if (double !== undefined) {
    return { kind: 'twoColumns', column: double, headings: headings.filter((_, index) => columns[index] === double) };
  }
  return {
    kind: 'rates',
    ...readLines(lines, columns, linesOf(headings)),
    ignored: headings.filter((heading, index) => columns[index] === undefined && heading.trim() !== ''),
  };
}

/** By the headings: in the lines below a comma may as well be a decimal one. */
function findDelimiter(text: string): string {
  const known = (delimiter: string) => {
    const [headings = []] = Papa.parse<string[]>(text, { delimiter, preview: 1 }).data;
    return headings.filter((heading) => columnOf(heading) !== undefined).length;
  };
  return [',', ';', '\t', '|'].reduce((best, other) => (known(other) > known(best) ? other : best));
}

function readLines(lines: readonly string[][], columns: readonly (RateColumn | undefined)[], linesBefore: number) {
  const rates: NewRate[] = [];
  const problems: CsvProblem[] = [];
  const firstLines = new Map<string, number>();
  let line = linesBefore + 1;
  for (const cells of lines) {
    const at = line;
    line += linesOf(cells);
    if (cells.every((cell) => cell.trim() === '')) continue;
    const read = readLine(new Map(columns.map((column, index) => [column, cells[index]?.trim() ?? ''])));
    if ('column' in read) {
      problems.push({ line: at, ...read });
      continue;
    }
    const firstLine = firstLines.get(read.id);
    if (firstLine === undefined) {
      firstLines.set(read.id, at);
      rates.push(read);
    } else {
      problems.push({ line: at, column: 'duplicate', value: read.id, firstLine });
    }
  }
  return { rates, problems };
}

/** How many lines of the file a row takes: text in quotes may go over several. */
function linesOf(cells: readonly string[]): number {
  return cells.reduce((count, cell) => count + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 1);
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
  return text.replace(/^'(?=[=+\-@])/, '').replace(/\s+/g, ' ');
}

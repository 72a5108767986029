import Papa from 'papaparse';

export interface CsvLine {
  /** Line of the file, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface CsvText {
  readonly headings: readonly string[];
  /** Those with something in them. */
  readonly lines: readonly CsvLine[];
}

/** Reads CSV (RFC 4180) with a line of headings, separated by comma, semicolon, tab or bar: whichever gives the most known headings. */
export function readCsv(text: string, isKnown: (heading: string) => boolean): CsvText {
  const bare = text.replace(/^\ufeff/, '');
  const { data: rows } = Papa.parse<string[]>(bare, { delimiter: findDelimiter(bare, isKnown) });
  const [headings = [], ...others] = rows;
  const lines: CsvLine[] = [];
  let line = linesOf(headings) + 1;
  for (const cells of others) {
    if (cells.some((cell) => cell.trim() !== '')) lines.push({ line, cells });
    line += linesOf(cells);
  }
  return { headings, lines };
}

/** Writes what `readCsv` reads. Texts that a spreadsheet would run as formulas get an apostrophe, which `bareCell` takes away. */
export function writeCsv(headings: readonly string[], lines: readonly (readonly (string | number)[])[]): string {
  const table = { fields: [...headings], data: lines.map((line) => [...line]) };
  return `${Papa.unparse(table, { escapeFormulae: /^(?![+-]\d*$)'*[=@+\-\t\r]/ })}\r\n`;
}

/** Without the apostrophe that keeps a spreadsheet from reading a text as a formula. */
export function bareCell(text: string): string {
  return text.replace(/^'(?='*[=@+\-\t\r])/, '');
}

/** By the headings: in the lines below a comma may as well be a decimal one. */
function findDelimiter(text: string, isKnown: (heading: string) => boolean): string {
  const known = (delimiter: string) => {
    const [headings = []] = Papa.parse<string[]>(text, { delimiter, preview: 1 }).data;
    return headings.filter(isKnown).length;
  };
  return [',', ';', '\t', '|'].reduce((best, other) => (known(other) > known(best) ? other : best));
}

/** How many lines of the file a row takes: text in quotes may go over several. */
function linesOf(cells: readonly string[]): number {
  return cells.reduce((count, cell) => count + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 1);
}

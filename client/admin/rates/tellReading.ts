import type { TFunction } from 'i18next';
import type { SheetReading } from '../sheet/index.ts';
import type { RateColumn } from './csvColumns.ts';
import type { CsvReading, NewRate } from './readRatesCsv.ts';

/** What was read of a rate sheet, as sentences. */
export function tellReading(reading: CsvReading, t: TFunction, locale: string): SheetReading<NewRate> {
  const list = (names: readonly string[]) => new Intl.ListFormat(locale).format(names);
  const columnName = (column: RateColumn) => t(`admin.rates.sheet.columns.${column}`);
  switch (reading.kind) {
    case 'noHeadings': {
      const headings = reading.headings.filter((heading) => heading.trim() !== '');
      const found =
        headings.length === 0
          ? t('admin.rates.sheet.noHeadingsFound')
          : t('admin.rates.sheet.headingsFound', { headings: headings.join(', ') });
      const missing = list(reading.missing.map(columnName));
      return { kind: 'unreadable', text: `${t('admin.rates.sheet.noHeadings', { missing })} ${found}` };
    }
    case 'twoColumns': {
      const values = { column: columnName(reading.column), headings: list(reading.headings) };
      return { kind: 'unreadable', text: t('admin.rates.sheet.twoColumns', values) };
    }
    case 'rates':
      return {
        kind: 'items',
        items: reading.rates,
        ignored: reading.ignored,
        problems: reading.problems.map(({ line, column, value, firstLine }) => ({
          place: t('admin.sheet.line', { line }),
          text: t(`admin.rates.sheet.reasons.${column}`, { value, firstLine: firstLine ?? line }),
        })),
      };
  }
}

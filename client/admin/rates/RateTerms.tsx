import { useTranslation } from 'react-i18next';
import { formatAmount } from './formatAmount.ts';
import type { NewRate } from './readRatesCsv.ts';

/** A rate in a line; with what it was before where it changes. */
export function RateTerms({ rate, before }: { readonly rate: NewRate; readonly before?: NewRate }) {
  const { t, i18n } = useTranslation();
  const tell = (one: NewRate) =>
    [
      formatAmount(one.pricePerMinute, i18n.language),
      ...(one.connectionFee > 0 ? [`+ ${formatAmount(one.connectionFee, i18n.language)}`] : []),
      `${one.firstSeconds}/${one.incrementSeconds}`,
    ].join(' ');
  return (
    <>
      <span className="numerals import-id">{rate.id}</span>
      <span className="import-name">{rate.name}</span>
      <span className="numerals import-terms">
        {tell(rate)}
        {before && <span className="import-before">{t('admin.sheet.was', { before: toldBefore(before, rate) })}</span>}
      </span>
    </>
  );

  /** Where only the name is another, that is what is told. */
  function toldBefore(old: NewRate, next: NewRate): string {
    return tell(old) === tell(next) ? (old.name ?? '–') : tell(old);
  }
}

import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Fold } from '../../ui/workbench/index.ts';
import type { RateChanges } from './compareRates.ts';
import { formatAmount } from './formatAmount.ts';
import type { NewRate } from './readRatesCsv.ts';

/** What an import would do, rate by rate. */
export function ImportChanges({ changes }: { readonly changes: RateChanges }) {
  const { t } = useTranslation();
  const { added, changed, deleted, unchanged } = changes;
  const isNothing = added.length + changed.length + deleted.length === 0;
  return (
    <div className="import-changes">
      {isNothing && <p>{t('admin.rates.sheet.nothing')}</p>}
      {added.length > 0 && (
        <ChangeList
          title={t('admin.rates.sheet.added', { count: added.length })}
          items={added}
          idOf={(rate) => rate.id}
        >
          {(rate) => <Terms rate={rate} />}
        </ChangeList>
      )}
      {changed.length > 0 && (
        <ChangeList
          title={t('admin.rates.sheet.changed', { count: changed.length })}
          items={changed}
          idOf={({ after }) => after.id}
        >
          {({ before, after }) => <Terms rate={after} before={before} />}
        </ChangeList>
      )}
      {deleted.length > 0 && (
        <ChangeList
          title={t('admin.rates.sheet.deleted', { count: deleted.length })}
          items={deleted}
          idOf={(rate) => rate.id}
        >
          {(rate) => <Terms rate={rate} />}
        </ChangeList>
      )}
      {unchanged > 0 && <p className="field-hint">{t('admin.rates.sheet.unchanged', { count: unchanged })}</p>}
    </div>
  );
}

interface ChangeListProps<Item> {
  readonly title: string;
  readonly items: readonly Item[];
  readonly idOf: (item: Item) => string;
  readonly children: (item: Item) => ReactNode;
}

const mostShown = 100;

function ChangeList<Item>({ title, items, idOf, children }: ChangeListProps<Item>) {
  const { t } = useTranslation();
  return (
    <Fold title={title}>
      <ul className="import-list">
        {items.slice(0, mostShown).map((item) => (
          <li key={idOf(item)}>{children(item)}</li>
        ))}
      </ul>
      {items.length > mostShown && (
        <p className="field-hint">{t('admin.rates.sheet.moreRates', { count: items.length - mostShown })}</p>
      )}
    </Fold>
  );
}

function Terms({ rate, before }: { readonly rate: NewRate; readonly before?: NewRate }) {
  const { t, i18n } = useTranslation();
  const tell = (one: NewRate) =>
    [
      formatAmount(one.pricePerMinute, i18n.language),
      ...(one.connectionFee > 0 ? [`+ ${formatAmount(one.connectionFee, i18n.language)}`] : []),
      `${one.firstSeconds}/${one.incrementSeconds}`,
    ].join(' ');
  return (
    <>
      <span className="numerals import-prefix">{rate.id}</span>
      <span className="import-name">{rate.name}</span>
      <span className="numerals import-terms">
        {tell(rate)}
        {before && (
          <span className="import-before">{t('admin.rates.sheet.was', { before: toldBefore(before, rate) })}</span>
        )}
      </span>
    </>
  );

  /** Where only the name is another, that is what is told. */
  function toldBefore(old: NewRate, next: NewRate): string {
    return tell(old) === tell(next) ? (old.name ?? '–') : tell(old);
  }
}

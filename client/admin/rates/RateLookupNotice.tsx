import { useTranslation } from 'react-i18next';
import { useBrand } from '../../branding/index.ts';
import { formatNumber } from '../../phone-numbers/index.ts';
import { Button, Notice, Spinner } from '../../ui/index.ts';
import { formatAmount } from './formatAmount.ts';
import type { RateLookup } from './useRateLookup.ts';

/** What the number that was searched for costs. */
export function RateLookupNotice({ lookup, onOpen }: { lookup: RateLookup; onOpen: (id: string) => void }) {
  const { t, i18n } = useTranslation();
  const { defaultCountry } = useBrand();
  if (lookup.kind === 'none') return null;
  const number = formatNumber(lookup.number, defaultCountry);
  if (lookup.kind === 'asking') return <Spinner label={t('admin.rates.lookup.asking', { number })} />;
  const { rate } = lookup;
  if (rate === null) return <Notice tone="warning">{t('admin.rates.lookup.none', { number })}</Notice>;
  const values = { number, prefix: rate.id, price: formatAmount(rate.pricePerMinute, i18n.language) };
  return (
    <Notice tone="info" action={<Button onPress={() => onOpen(rate.id)}>{t('admin.rates.lookup.open')}</Button>}>
      {rate.name === undefined
        ? t('admin.rates.lookup.found', values)
        : t('admin.rates.lookup.foundNamed', { ...values, name: rate.name })}
    </Notice>
  );
}

import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { gatewayCostSchema, prefixSchema } from '../../../../shared/admin/index.ts';
import { TextField } from '../../../ui/index.ts';
import type { BoundField } from '../../form/index.ts';
import { parseCosts, parsePrefixes } from './longLists.ts';

/** Prefixes as text: there may be thousands. */
export function PrefixesField({ error, ...field }: BoundField<string>) {
  const { t, i18n } = useTranslation();
  const prefixes = useMemo(() => parsePrefixes(field.value), [field.value]);
  const wrong = error === undefined ? undefined : prefixes.find((prefix) => !prefixSchema.safeParse(prefix).success);
  const listed = prefixes.length.toLocaleString(i18n.language);
  return (
    <TextField
      label={t('admin.gateways.prefixes')}
      hint={t('admin.gateways.prefixesHint', { listed })}
      rows={3}
      spellCheck="false"
      {...field}
      error={wrong === undefined ? error : t('admin.gateways.prefixProblem', { text: wrong })}
    />
  );
}

/** Costs as lines of text. */
export function CostsField({ error, ...field }: BoundField<string>) {
  const { t, i18n } = useTranslation();
  const costs = useMemo(() => parseCosts(field.value), [field.value]);
  const wrong = error === undefined ? -1 : costs.findIndex((cost) => !gatewayCostSchema.safeParse(cost).success);
  const lines = field.value.split('\n').filter((line) => line.trim() !== '');
  // Headings above the first line are no cost.
  const line = wrong + 1 + (lines.length - costs.length);
  const listed = costs.length.toLocaleString(i18n.language);
  return (
    <TextField
      label={t('admin.gateways.costs')}
      hint={t('admin.gateways.costsHint', { listed })}
      rows={3}
      spellCheck="false"
      {...field}
      error={wrong < 0 ? error : t('admin.gateways.costsProblem', { line, text: lines[line - 1] ?? '' })}
    />
  );
}

import { Plus, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { prefixSchema } from '../../../shared/admin/index.ts';
import { useBrand } from '../../branding/index.ts';
import { normalizeNumber } from '../../phone-numbers/index.ts';
import { Button, IconButton, TextField } from '../../ui/index.ts';
import { ChoiceField, FieldGroup, type FieldProps, ReadOnlyField } from '../../ui/workbench/index.ts';
import './DestinationRows.css';
import { type DestinationRow, newRow } from './useEmbedKeyForm.ts';

/** The numbers that visitors may call, a line each. */
export function DestinationRows({ label, hint, value, ...field }: FieldProps<readonly DestinationRow[]>) {
  const { t } = useTranslation();
  const { onChange, onBlur, error, isReadOnly = false } = field;
  const { defaultCountry } = useBrand();
  if (isReadOnly) {
    return (
      <ReadOnlyField label={label}>
        <ul>
          {value.map((row) => (
            <li key={row.key}>{textOf(row)}</li>
          ))}
        </ul>
      </ReadOnlyField>
    );
  }
  const change = (key: number, changed: Partial<DestinationRow>) =>
    onChange(value.map((row) => (row.key === key ? { ...row, ...changed } : row)));
  const settle = ({ key, number, isPrefix }: DestinationRow) => {
    const bare = number.replace(/[\s().\-/]/g, '');
    change(key, { number: isPrefix || bare === '' ? bare : normalizeNumber(number, defaultCountry) });
    onBlur?.();
  };
  const problemOf = ({ number }: DestinationRow) => {
    if (error === undefined || prefixSchema.safeParse(number).success) return undefined;
    return number === '' ? t('admin.form.missing') : t('admin.embedKey.numberProblem');
  };
  return (
    <FieldGroup title={label} {...(hint !== undefined && { hint })} error={value.length === 0 ? error : undefined}>
      {value.map((row, index) => (
        <fieldset key={row.key} className="destination-row">
          <legend className="hidden-text">{t('admin.embedKey.destinationNumber', { number: index + 1 })}</legend>
          <TextField
            label={t('admin.embedKey.number')}
            type="tel"
            autoComplete="off"
            placeholder="+12025550100"
            value={row.number}
            onChange={(number) => change(row.key, { number })}
            onBlur={() => settle(row)}
            error={problemOf(row)}
          />
          <ChoiceField
            label={t('admin.embedKey.reach')}
            options={[
              { id: 'exact', name: t('admin.embedKey.exact') },
              { id: 'prefix', name: t('admin.embedKey.prefix') },
            ]}
            value={row.isPrefix ? 'prefix' : 'exact'}
            onChange={(reach) => change(row.key, { isPrefix: reach === 'prefix' })}
          />
          <TextField
            label={t('admin.embedKey.label')}
            autoComplete="off"
            value={row.label}
            onChange={(text) => change(row.key, { label: text })}
          />
          <IconButton
            variant="danger"
            label={t('admin.embedKey.removeDestination', { number: row.number || index + 1 })}
            icon={<X aria-hidden />}
            onPress={() => onChange(value.filter(({ key }) => key !== row.key))}
          />
        </fieldset>
      ))}
      <div>
        <Button icon={<Plus aria-hidden />} onPress={() => onChange([...value, newRow(value)])}>
          {t('admin.embedKey.addDestination')}
        </Button>
      </div>
    </FieldGroup>
  );
}

function textOf({ number, isPrefix, label }: DestinationRow): string {
  return [number + (isPrefix ? '…' : ''), label].filter((text) => text !== '').join(' – ');
}

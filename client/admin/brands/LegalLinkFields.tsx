import { Plus, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { legalLinkSchema } from '../../../shared/protocol/index.ts';
import { Button, IconButton, TextField } from '../../ui/index.ts';
import type { BoundField } from '../form/index.ts';
import type { LinkRow } from './brandFields.ts';

const mostLinks = 10;

/** Links that a brand must show: imprint, privacy and the like. */
export function LegalLinkFields({ value, onChange, onBlur, error, isReadOnly }: BoundField<readonly LinkRow[]>) {
  const { t } = useTranslation();
  const add = () => {
    const key = Math.max(0, ...value.map((row) => row.key)) + 1;
    onChange([...value, { key, label: '', url: '' }]);
  };
  return (
    <div className="legal-links">
      {value.map((row, index) => (
        <LinkFields
          key={row.key}
          row={row}
          place={index + 1}
          error={error}
          isReadOnly={isReadOnly}
          onBlur={onBlur}
          onChange={(changed) => onChange(value.map((one) => (one.key === row.key ? changed : one)))}
          onRemove={() => onChange(value.filter((one) => one.key !== row.key))}
        />
      ))}
      {!isReadOnly && value.length < mostLinks && (
        <div>
          <Button icon={<Plus aria-hidden />} onPress={add}>
            {t('admin.brands.addLink')}
          </Button>
        </div>
      )}
    </div>
  );
}

interface LinkFieldsProps {
  readonly row: LinkRow;
  readonly place: number;
  /** Something is wrong with one of the links, and the person has been told. */
  readonly error: string | undefined;
  readonly isReadOnly: boolean;
  readonly onBlur: () => void;
  readonly onChange: (row: LinkRow) => void;
  readonly onRemove: () => void;
}

function LinkFields({ row, place, error, isReadOnly, onBlur, onChange, onRemove }: LinkFieldsProps) {
  const { t } = useTranslation();
  const { key: _, ...link } = row;
  const wrong = new Set(legalLinkSchema.safeParse(link).error?.issues.map(({ path }) => path[0]));
  const common = { autoComplete: 'off', onBlur, isReadOnly };
  return (
    <fieldset className="legal-link">
      <legend className="hidden-text">{t('admin.brands.legalLink', { place })}</legend>
      <TextField
        label={t('admin.brands.linkLabel')}
        value={row.label}
        onChange={(label) => onChange({ ...row, label })}
        error={wrong.has('label') ? error : undefined}
        {...common}
      />
      <TextField
        label={t('admin.brands.linkUrl')}
        type="url"
        value={row.url}
        onChange={(url) => onChange({ ...row, url })}
        error={wrong.has('url') ? error : undefined}
        {...common}
      />
      {!isReadOnly && (
        <IconButton
          variant="danger"
          label={t('admin.brands.removeLink', { place })}
          icon={<Trash2 aria-hidden />}
          onPress={onRemove}
        />
      )}
    </fieldset>
  );
}

import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, TextField } from '../../../ui/index.ts';
import { type FieldProps, ReadOnlyField } from '../../../ui/workbench/index.ts';
import './SecretField.css';

export interface SecretFieldProps extends FieldProps<string> {
  /** The bridge has one already. */
  readonly isKept: boolean;
  /** For texts of several lines, such as PEM. */
  readonly rows?: number;
}

/** A secret, which can be written and never read: where one is kept it stays until it is replaced. */
export function SecretField({ isKept, rows, isReadOnly = false, onBlur, ...field }: SecretFieldProps) {
  const { t } = useTranslation();
  const [isReplacing, setIsReplacing] = useState(false);
  if (isReadOnly || (isKept && !isReplacing)) {
    return (
      <ReadOnlyField label={field.label}>
        <span className="secret-kept">
          {t(isKept ? 'admin.gateways.kept' : 'admin.gateways.noneKept')}
          {!isReadOnly && (
            <Button aria-label={`${t('admin.gateways.replace')}: ${field.label}`} onPress={() => setIsReplacing(true)}>
              {t('admin.gateways.replace')}
            </Button>
          )}
        </span>
        {field.error !== undefined && <p className="field-error">{field.error}</p>}
      </ReadOnlyField>
    );
  }
  return (
    <div className="secret-field">
      <TextField
        {...field}
        {...(onBlur && { onBlur })}
        {...(rows === undefined ? { type: 'password' } : { rows })}
        autoComplete="new-password"
        spellCheck="false"
        autoFocus={isReplacing}
      />
      {isKept && (
        <Button
          variant="quiet"
          onPress={() => {
            field.onChange('');
            setIsReplacing(false);
          }}
        >
          {t('admin.gateways.keep')}
        </Button>
      )}
    </div>
  );
}

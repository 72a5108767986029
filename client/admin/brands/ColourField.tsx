import type { TFunction } from 'i18next';
import { CircleCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { PaletteContrast } from '../../../shared/branding/index.ts';
import { TextField } from '../../ui/index.ts';
import type { BoundField } from '../form/index.ts';
import './ColourField.css';
import { isColour, tidyColour } from './tidyColour.ts';

export interface ColourFieldProps extends BoundField<string> {
  readonly label: string;
  readonly hint: string;
  /** How well it can be told from what it is painted on; null where others are painted on it. */
  readonly contrast: PaletteContrast | null;
}

/** A colour by picker and by text, and below it whether it can be read where it is used. */
export function ColourField({ label, hint, contrast, value, onChange, onBlur, isReadOnly }: ColourFieldProps) {
  const { t } = useTranslation();
  const isWritten = isColour(value);
  const isWrong = !isColour(tidyColour(value));
  const measured = contrast === null || !isWritten ? null : describeContrast(contrast, t);
  const error = isWrong ? t('admin.brands.palette.wrong') : contrast?.isEnough === false ? measured : null;
  return (
    <div className="colour-field">
      <TextField
        label={label}
        hint={hint}
        autoComplete="off"
        value={value}
        onChange={onChange}
        onBlur={() => {
          onChange(tidyColour(value));
          onBlur();
        }}
        isReadOnly={isReadOnly}
        error={error ?? undefined}
        trailing={
          <input
            type="color"
            className="colour-swatch"
            aria-label={t('admin.brands.palette.pick', { name: label })}
            value={isWritten ? value : '#000000'}
            disabled={isReadOnly}
            onChange={(event) => onChange(event.target.value.toLowerCase())}
          />
        }
      />
      {error === null && measured !== null && (
        <p className="contrast numerals">
          <CircleCheck aria-hidden />
          {measured}
        </p>
      )}
    </div>
  );
}

function describeContrast({ ratio, needed, ground, isEnough }: PaletteContrast, t: TFunction): string {
  // Rounded down, so that what is just not enough does not look as if it were.
  const shown = (Math.floor(ratio * 10) / 10).toFixed(1);
  const values = { ratio: shown, needed, ground: t(`admin.brands.palette.grounds.${ground as 'stage'}`) };
  return t(isEnough ? 'admin.brands.palette.enough' : 'admin.brands.palette.tooLow', values);
}

import { NumberField as AriaNumberField, Input, Label } from 'react-aria-components';
import './Field.css';
import { FieldNotes } from './FieldNotes.tsx';
import type { FieldProps } from './FieldProps.ts';
import { ReadOnlyField } from './ReadOnlyField.tsx';

export interface NumberFieldProps extends FieldProps<number | null> {
  /** Behind the number. */
  readonly unit?: string;
  readonly placeholder?: string;
  readonly maximumFractionDigits?: number;
  /** Stands for no number where it is only read. */
  readonly emptyText?: string;
}

/** A number as the person's language writes it; null where the field is empty. */
export function NumberField(props: NumberFieldProps) {
  const { label, value, onChange, onBlur, hint, error, isReadOnly, unit, placeholder } = props;
  const { maximumFractionDigits = 0, emptyText = '–' } = props;
  if (isReadOnly && value === null) return <ReadOnlyField label={label}>{emptyText}</ReadOnlyField>;
  return (
    <AriaNumberField
      className="field"
      value={value ?? Number.NaN}
      onChange={(next) => onChange(Number.isNaN(next) ? null : next)}
      {...(onBlur && { onBlur })}
      isInvalid={error !== undefined}
      isReadOnly={isReadOnly ?? false}
      formatOptions={{ maximumFractionDigits, useGrouping: false }}
    >
      <Label className="field-label">{label}</Label>
      <div className="field-frame">
        <Input className="field-input" {...(placeholder && { placeholder })} />
        {unit !== undefined && <span className="field-unit">{unit}</span>}
      </div>
      <FieldNotes hint={hint} error={error} />
    </AriaNumberField>
  );
}

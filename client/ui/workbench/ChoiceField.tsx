import { Check, ChevronDown } from 'lucide-react';
import { Select as AriaSelect, Button, Label, ListBox, ListBoxItem, Popover, SelectValue } from 'react-aria-components';
import '../Select.css';
import type { SelectOption } from '../Select.tsx';
import './Field.css';
import { FieldNotes } from './FieldNotes.tsx';
import type { FieldProps } from './FieldProps.ts';
import { ReadOnlyField } from './ReadOnlyField.tsx';

export interface ChoiceFieldProps<Id extends string> extends FieldProps<Id | null> {
  readonly options: readonly SelectOption<Id>[];
  /** Name of choosing none (null); absent: one must be chosen. */
  readonly noneName?: string;
  readonly placeholder?: string;
}

const noneId = '~none';

/** One of several, in a form. */
export function ChoiceField<Id extends string>(props: ChoiceFieldProps<Id>) {
  const { label, value, onChange, onBlur, hint, error, isReadOnly, options, noneName, placeholder } = props;
  if (isReadOnly) {
    const name = value === null ? noneName : (options.find(({ id }) => id === value)?.name ?? value);
    return <ReadOnlyField label={label}>{name ?? '–'}</ReadOnlyField>;
  }
  const all: readonly SelectOption<string>[] = [
    ...(noneName === undefined ? [] : [{ id: noneId, name: noneName }]),
    ...options,
    // What is set may be out of sight for this person.
    ...(value !== null && !options.some(({ id }) => id === value) ? [{ id: value, name: value }] : []),
  ];
  return (
    <AriaSelect
      className="select field"
      value={value ?? (noneName === undefined ? null : noneId)}
      onChange={(key) => onChange(key === noneId || key === null ? null : (String(key) as Id))}
      {...(onBlur && { onBlur })}
      isInvalid={error !== undefined}
      {...(placeholder !== undefined && { placeholder })}
    >
      <Label className="select-label">{label}</Label>
      <Button className="select-button">
        <SelectValue className="select-value" />
        <ChevronDown aria-hidden />
      </Button>
      <FieldNotes hint={hint} error={error} />
      <Popover className="select-popover">
        <ListBox items={all}>
          {(option) => (
            <ListBoxItem id={option.id} textValue={option.name} className="select-option">
              <span>{option.name}</span>
              <Check aria-hidden />
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}

import { ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import { FieldNotes, type FieldProps, ReadOnlyField } from '../../ui/workbench/index.ts';

const zones: readonly { readonly id: string }[] = ['UTC', ...Intl.supportedValuesOf('timeZone')].map((id) => ({ id }));

/** A time zone by its IANA name, found by any part of it. */
export function TimeZoneField({ label, value, onChange, onBlur, hint, error, isReadOnly }: FieldProps<string>) {
  if (isReadOnly) return <ReadOnlyField label={label}>{value}</ReadOnlyField>;
  return (
    <ComboBox
      className="field"
      defaultItems={zones}
      inputValue={value}
      onInputChange={onChange}
      onSelectionChange={(zone) => zone !== null && onChange(String(zone))}
      {...(onBlur && { onBlur })}
      allowsCustomValue
      isInvalid={error !== undefined}
    >
      <Label className="field-label">{label}</Label>
      <div className="field-frame">
        <Input className="field-input" autoComplete="off" spellCheck={false} />
      </div>
      <FieldNotes hint={hint} error={error} />
      <Popover className="select-popover">
        <ListBox>
          {({ id }: { id: string }) => (
            <ListBoxItem id={id} textValue={id} className="select-option">
              {id}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}

import { Check, ChevronDown } from 'lucide-react';
import {
  Select as AriaSelect,
  Autocomplete,
  Button,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  SearchField,
  SelectValue,
  useFilter,
} from 'react-aria-components';
import '../Select.css';
import type { SelectOption } from '../Select.tsx';
import './Field.css';
import { FieldNotes } from './FieldNotes.tsx';
import type { FieldProps } from './FieldProps.ts';
import './MultiChoiceField.css';
import { ReadOnlyField } from './ReadOnlyField.tsx';

export interface MultiChoiceFieldProps<Id extends string> extends FieldProps<readonly Id[]> {
  readonly options: readonly SelectOption<Id>[];
  /** Shown where none is chosen. */
  readonly placeholder: string;
  readonly searchLabel: string;
}

/** Beyond these there is a search above them. */
const mostWithoutSearch = 8;

/** Any of several. */
export function MultiChoiceField<Id extends string>(props: MultiChoiceFieldProps<Id>) {
  const { label, value, onChange, onBlur, hint, error, isReadOnly, options, placeholder, searchLabel } = props;
  const { contains } = useFilter({ sensitivity: 'base' });
  const nameOf = (one: Id) => options.find(({ id }) => id === one)?.name ?? one;
  if (isReadOnly) {
    return (
      <ReadOnlyField label={label}>{value.length === 0 ? placeholder : value.map(nameOf).join(', ')}</ReadOnlyField>
    );
  }
  // What is set may be out of sight for this person.
  const unknown = value.filter((one) => !options.some(({ id }) => id === one)).map((id) => ({ id, name: id }));
  const all = [...options, ...unknown];
  const list = (
    <ListBox items={all} className="multi-choice-list">
      {(option) => (
        <ListBoxItem id={option.id} textValue={option.name} className="select-option">
          <span>{option.name}</span>
          <Check aria-hidden />
        </ListBoxItem>
      )}
    </ListBox>
  );
  return (
    <AriaSelect
      className="select field"
      selectionMode="multiple"
      value={value}
      onChange={(keys) => onChange(keys.map((key) => String(key) as Id))}
      {...(onBlur && { onBlur })}
      isInvalid={error !== undefined}
      placeholder={placeholder}
    >
      <Label className="select-label">{label}</Label>
      <Button className="select-button multi-choice-button">
        <SelectValue className="multi-choice-value">
          {({ isPlaceholder, defaultChildren }) => (isPlaceholder ? defaultChildren : value.map(nameOf).join(', '))}
        </SelectValue>
        <ChevronDown aria-hidden />
      </Button>
      <FieldNotes hint={hint} error={error} />
      <Popover className="select-popover multi-choice-popover">
        {all.length > mostWithoutSearch ? (
          <Autocomplete filter={contains}>
            <SearchField aria-label={searchLabel} autoFocus className="multi-choice-search">
              <Input className="field-input" placeholder={searchLabel} />
            </SearchField>
            {list}
          </Autocomplete>
        ) : (
          list
        )}
      </Popover>
    </AriaSelect>
  );
}

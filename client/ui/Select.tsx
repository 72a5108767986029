import { Check, ChevronDown } from 'lucide-react';
import { Select as AriaSelect, Button, Label, ListBox, ListBoxItem, Popover, SelectValue } from 'react-aria-components';
import './Select.css';
import { classNames } from './classNames.ts';

export interface SelectOption<Id extends string> {
  readonly id: Id;
  readonly name: string;
}

export interface SelectProps<Id extends string> {
  readonly label: string;
  /** The label is for assistive technology alone, where the place says it already. */
  readonly isLabelHidden?: boolean;
  readonly options: readonly SelectOption<Id>[];
  readonly value: Id;
  readonly onChange: (id: Id) => void;
}

export function Select<Id extends string>({ label, isLabelHidden = false, options, value, onChange }: SelectProps<Id>) {
  return (
    <AriaSelect className="select" value={value} onChange={(key) => onChange(key as Id)}>
      <Label className={classNames('select-label', isLabelHidden && 'hidden-text')}>{label}</Label>
      <Button className="select-button">
        <SelectValue className="select-value" />
        <ChevronDown aria-hidden />
      </Button>
      <Popover className="select-popover">
        <ListBox items={options}>
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

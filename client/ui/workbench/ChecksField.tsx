import { Check } from 'lucide-react';
import { Checkbox, CheckboxGroup, Label } from 'react-aria-components';
import type { SelectOption } from '../Select.tsx';
import './ChecksField.css';
import './Field.css';
import { FieldNotes } from './FieldNotes.tsx';
import type { FieldProps } from './FieldProps.ts';

export interface CheckOption<Id extends string> extends SelectOption<Id> {
  /** What it means, below its name. */
  readonly hint?: string;
}

export interface ChecksFieldProps<Id extends string> extends FieldProps<readonly Id[]> {
  readonly options: readonly CheckOption<Id>[];
  /** `row`: short names beside each other. */
  readonly layout?: 'list' | 'row';
}

/** Any of several, all in sight. The others of the value, which it has no options for, stay. */
export function ChecksField<Id extends string>(props: ChecksFieldProps<Id>) {
  const { label, value, onChange, onBlur, hint, error, isReadOnly, options, layout = 'list' } = props;
  const others = value.filter((one) => !options.some(({ id }) => id === one));
  const inOrder = (chosen: readonly string[]) => options.map(({ id }) => id).filter((id) => chosen.includes(id));
  return (
    <CheckboxGroup
      className="field"
      value={value.filter((one) => !others.includes(one))}
      onChange={(chosen) => onChange([...others, ...inOrder(chosen)])}
      {...(onBlur && { onBlur })}
      isInvalid={error !== undefined}
      isReadOnly={isReadOnly ?? false}
    >
      <Label className="field-label">{label}</Label>
      <div className={`checks checks-${layout}`}>
        {options.map(({ id, name, hint: meaning }) => (
          <Checkbox key={id} value={id} className={layout === 'row' ? 'check-key' : 'check'}>
            {layout === 'list' && (
              <span className="check-box" aria-hidden>
                <Check />
              </span>
            )}
            <span>
              {name}
              {meaning !== undefined && <span className="check-hint">{meaning}</span>}
            </span>
          </Checkbox>
        ))}
      </div>
      <FieldNotes hint={hint} error={error} />
    </CheckboxGroup>
  );
}

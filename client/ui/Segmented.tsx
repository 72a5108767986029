import type { ReactNode } from 'react';
import { Label, Radio, RadioGroup } from 'react-aria-components';
import './Segmented.css';

export interface SegmentedProps<Id extends string> {
  readonly label: string;
  readonly options: readonly { readonly id: Id; readonly name: string; readonly icon?: ReactNode }[];
  readonly value: Id;
  readonly onChange: (id: Id) => void;
}

/** One of a few, all visible. */
export function Segmented<Id extends string>({ label, options, value, onChange }: SegmentedProps<Id>) {
  return (
    <RadioGroup className="segmented" value={value} onChange={(id) => onChange(id as Id)} orientation="horizontal">
      <Label className="segmented-label">{label}</Label>
      <div className="segmented-track">
        {options.map((option) => (
          <Radio key={option.id} value={option.id} className="segmented-option">
            {option.icon}
            {option.name}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}

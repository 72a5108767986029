import { type ReactNode, useId } from 'react';
import './FieldGroup.css';

export interface FieldGroupProps {
  readonly title: string;
  readonly hint?: string;
  /** Two short fields beside each other where there is room. */
  readonly isPaired?: boolean;
  readonly children: ReactNode;
}

/** Fields that belong together, under a name. */
export function FieldGroup({ title, hint, isPaired = false, children }: FieldGroupProps) {
  const hintId = useId();
  return (
    <fieldset className="field-group" {...(hint !== undefined && { 'aria-describedby': hintId })}>
      <legend className="field-group-title">{title}</legend>
      {hint !== undefined && (
        <p id={hintId} className="field-group-hint">
          {hint}
        </p>
      )}
      <div className={isPaired ? 'field-group-pairs' : 'field-group-fields'}>{children}</div>
    </fieldset>
  );
}

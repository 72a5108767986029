import { type ReactNode, useId } from 'react';
import './FieldGroup.css';

export interface FieldGroupProps {
  readonly title: string;
  readonly hint?: string;
  /** What is wrong with all of it together. */
  readonly error?: string | undefined;
  /** Two short fields beside each other where there is room. */
  readonly isPaired?: boolean;
  readonly children: ReactNode;
}

/** Fields that belong together, under a name. */
export function FieldGroup({ title, hint, error, isPaired = false, children }: FieldGroupProps) {
  const hintId = useId();
  const errorId = useId();
  const notes = [hint !== undefined && hintId, error !== undefined && errorId].filter(Boolean).join(' ');
  return (
    <fieldset className="field-group" {...(notes !== '' && { 'aria-describedby': notes })}>
      <legend className="field-group-title">{title}</legend>
      {hint !== undefined && (
        <p id={hintId} className="field-group-hint">
          {hint}
        </p>
      )}
      {error !== undefined && (
        <p id={errorId} className="field-group-error">
          {error}
        </p>
      )}
      <div className={isPaired ? 'field-group-pairs' : 'field-group-fields'}>{children}</div>
    </fieldset>
  );
}

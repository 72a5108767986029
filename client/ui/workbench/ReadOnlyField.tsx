import { type ReactNode, useId } from 'react';
import './Field.css';

/** A name and what it stands for, where a form would have a field. */
export function ReadOnlyField({ label, children }: { label: string; children: ReactNode }) {
  const id = useId();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for controls, and there is none here.
    <div role="group" aria-labelledby={id} className="field">
      <span id={id} className="field-label">
        {label}
      </span>
      <div className="field-value">{children}</div>
    </div>
  );
}

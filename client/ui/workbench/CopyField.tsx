import { useId, useRef } from 'react';
import { CopyButton } from './CopyButton.tsx';
import './CopyField.css';

export interface CopyFieldProps {
  readonly label: string;
  readonly text: string;
  readonly copyLabel: string;
  readonly copiedLabel: string;
  readonly hint?: string;
  readonly rows?: number;
}

/** A text to be taken elsewhere: an address, a key, a piece of code. Where there is no clipboard it is marked to be copied. */
export function CopyField({ label, text, copyLabel, copiedLabel, hint, rows = 1 }: CopyFieldProps) {
  const id = useId();
  const hintId = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <div className="copy-field">
        <textarea
          id={id}
          ref={area}
          className="copy-field-text"
          readOnly
          rows={rows}
          value={text}
          spellCheck={false}
          onFocus={(event) => event.target.select()}
          {...(hint !== undefined && { 'aria-describedby': hintId })}
        />
        <CopyButton text={text} label={copyLabel} copiedLabel={copiedLabel} onBlocked={() => area.current?.focus()} />
      </div>
      {hint !== undefined && (
        <p id={hintId} className="field-hint">
          {hint}
        </p>
      )}
    </div>
  );
}

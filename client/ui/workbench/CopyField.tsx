import { useId, useRef } from 'react';
import { CopyButton } from './CopyButton.tsx';
import './CopyField.css';

export interface CopyFieldProps {
  readonly label: string;
  readonly text: string;
  readonly copyLabel: string;
  readonly copiedLabel: string;
  readonly hint?: string;
}

/** A text to be taken elsewhere: an address, a key, a piece of code. Where there is no clipboard it is marked to be copied. */
export function CopyField({ label, text, copyLabel, copiedLabel, hint }: CopyFieldProps) {
  const id = useId();
  const hintId = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  return (
    <div className="field">
      <div className="copy-field-head">
        <label className="field-label" htmlFor={id}>
          {label}
        </label>
        <CopyButton
          of={label}
          text={text}
          label={copyLabel}
          copiedLabel={copiedLabel}
          onBlocked={() => area.current?.focus()}
        />
      </div>
      <textarea
        id={id}
        ref={area}
        className="copy-field-text"
        readOnly
        rows={rowsOf(text)}
        value={text}
        spellCheck={false}
        onFocus={(event) => event.target.select()}
        {...(hint !== undefined && { 'aria-describedby': hintId })}
      />
      {hint !== undefined && (
        <p id={hintId} className="field-hint">
          {hint}
        </p>
      )}
    </div>
  );
}

/** For browsers that don't size it by its content (`field-sizing`). */
function rowsOf(text: string): number {
  const lines = text.trimEnd().split('\n');
  return lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / charactersPerLine)), 0);
}

const charactersPerLine = 60;

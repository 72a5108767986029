import { useId } from 'react';
import { Switch as AriaSwitch } from 'react-aria-components';
import './Switch.css';
import type { FieldProps } from './workbench/FieldProps.ts';

/** On or off. The words beside it say what on means. */
export function Switch({ label, value, onChange, onBlur, hint, error, isReadOnly }: FieldProps<boolean>) {
  const hintId = useId();
  const note = error ?? hint;
  return (
    <div className="switch-field">
      <AriaSwitch
        className="switch"
        isSelected={value}
        onChange={onChange}
        isReadOnly={isReadOnly ?? false}
        {...(onBlur && { onBlur })}
        {...(note !== undefined && { 'aria-describedby': hintId })}
      >
        <span className="switch-track" aria-hidden>
          <span className="switch-thumb" />
        </span>
        {label}
      </AriaSwitch>
      {note !== undefined && (
        <p id={hintId} className={error === undefined ? 'switch-hint' : 'switch-hint switch-error'}>
          {note}
        </p>
      )}
    </div>
  );
}

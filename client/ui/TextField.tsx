import type { ReactNode, Ref } from 'react';
import {
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
  FieldError,
  Input,
  Label,
  Text,
  TextArea,
} from 'react-aria-components';
import './TextField.css';

export interface TextFieldProps extends Omit<AriaTextFieldProps, 'children' | 'className' | 'style'> {
  readonly label: string;
  /** Shown below while there is no error. */
  readonly hint?: string | undefined;
  /** What is wrong and what to do; marks the field as invalid. */
  readonly error?: string | undefined;
  readonly placeholder?: string;
  /** Behind the text, inside the frame: one `IconButton`. */
  readonly trailing?: ReactNode;
  readonly rows?: number;
  readonly autoCapitalize?: string;
  readonly inputRef?: Ref<HTMLInputElement>;
}

export function TextField({
  label,
  hint,
  error,
  placeholder,
  trailing,
  rows,
  inputRef,
  autoCapitalize,
  ...rest
}: TextFieldProps) {
  return (
    <AriaTextField {...rest} isInvalid={error !== undefined} className="text-field">
      <Label className="text-field-label">{label}</Label>
      <div className="text-field-frame">
        {rows === undefined ? (
          <Input
            className="text-field-input"
            {...(inputRef && { ref: inputRef })}
            {...(placeholder && { placeholder })}
            {...(autoCapitalize && { autoCapitalize })}
          />
        ) : (
          <TextArea className="text-field-input" rows={rows} {...(placeholder && { placeholder })} />
        )}
        {trailing}
      </div>
      {hint !== undefined && error === undefined && (
        <Text slot="description" className="text-field-hint">
          {hint}
        </Text>
      )}
      <FieldError className="text-field-error">{error}</FieldError>
    </AriaTextField>
  );
}

/** What every field of a form takes. */
export interface FieldProps<Value> {
  readonly label: string;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly onBlur?: (() => void) | undefined;
  /** Shown below while there is no error. */
  readonly hint?: string | undefined;
  /** What is wrong and what to do; marks the field as invalid. */
  readonly error?: string | undefined;
  /** The value is shown and can't be changed. */
  readonly isReadOnly?: boolean | undefined;
}

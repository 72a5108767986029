import { FieldError, Text } from 'react-aria-components';
import './Field.css';

/** What stands below a field: its error, else its hint. */
export function FieldNotes({ hint, error }: { hint?: string | undefined; error?: string | undefined }) {
  return (
    <>
      {hint !== undefined && error === undefined && (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      )}
      <FieldError className="field-error">{error}</FieldError>
    </>
  );
}

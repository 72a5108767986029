import { Plus, X } from 'lucide-react';
import { useId, useState } from 'react';
import { Button, Input, Label, Tag, TagGroup, TagList, TextField } from 'react-aria-components';
import { IconButton } from '../IconButton.tsx';
import './Field.css';
import { FieldNotes } from './FieldNotes.tsx';
import type { FieldProps } from './FieldProps.ts';
import { ReadOnlyField } from './ReadOnlyField.tsx';
import './TagField.css';

export interface TagFieldProps extends FieldProps<readonly string[]> {
  readonly addLabel: string;
  /** Name of the list of what is there already, for assistive technology. */
  readonly listLabel: string;
  readonly placeholder?: string;
  /** What is kept of what was typed, e.g. without spaces. */
  readonly normalize?: (text: string) => string;
  /** What stands for no text where it is only read. */
  readonly emptyText?: string;
  readonly inputMode?: 'text' | 'tel' | 'url';
  /** Offered for what is being typed. */
  readonly suggestions?: readonly string[];
  /** What is being typed, to find suggestions for. */
  readonly onSearch?: (text: string) => void;
}

/**
 * A list of short texts. Enter, a comma, leaving the field and pasting several lines add; Delete on one, or Backspace in the
 * empty field, removes. Whether a text is any good is the form's business, so that nothing that was typed gets lost.
 */
export function TagField(props: TagFieldProps) {
  const { label, value, onChange, onBlur, hint, error, isReadOnly, addLabel, listLabel, placeholder } = props;
  const { normalize = trim, emptyText = '–', inputMode, suggestions = [], onSearch } = props;
  const [text, setText] = useState('');
  const suggestionsId = useId();

  if (isReadOnly) {
    return <ReadOnlyField label={label}>{value.length === 0 ? emptyText : <Tags {...props} />}</ReadOnlyField>;
  }
  const add = (typed: string) => {
    const added = typed
      .split(/[,;\n]/)
      .map(normalize)
      .filter((one) => one !== '');
    setText('');
    if (added.length > 0) onChange([...new Set([...value, ...added])]);
    onBlur?.();
  };
  return (
    <TextField
      className="field"
      value={text}
      onChange={(typed) => {
        onSearch?.(typed.trim());
        if (/[,;\n]/.test(typed)) add(typed);
        else setText(typed);
      }}
      onBlur={() => add(text)}
      isInvalid={error !== undefined}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && text.trim() !== '') {
          // The form is not to be sent yet.
          event.preventDefault();
          add(text);
        } else if (event.key === 'Backspace' && text === '' && value.length > 0) {
          onChange(value.slice(0, -1));
        }
      }}
    >
      <Label className="field-label">{label}</Label>
      {value.length > 0 && <Tags {...props} listLabel={listLabel} />}
      <div className="field-frame">
        <Input
          className="field-input"
          autoComplete="off"
          {...(onSearch && { list: suggestionsId })}
          {...(placeholder && { placeholder })}
          {...(inputMode && { inputMode })}
          onPaste={(event) => {
            const pasted = event.clipboardData.getData('text');
            if (!/[,;\n]/.test(pasted.trim())) return;
            event.preventDefault();
            add(`${text}${pasted}`);
          }}
        />
        <datalist id={suggestionsId}>
          {suggestions.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
        {text.trim() !== '' && <IconButton label={addLabel} icon={<Plus aria-hidden />} onPress={() => add(text)} />}
      </div>
      <FieldNotes hint={hint} error={error} />
    </TextField>
  );
}

function Tags({ listLabel, value, onChange, isReadOnly }: TagFieldProps) {
  return (
    <TagGroup
      aria-label={listLabel}
      {...(!isReadOnly && { onRemove: (keys) => onChange(value.filter((one) => !keys.has(one))) })}
    >
      <TagList className="tag-list">
        {value.map((one) => (
          <Tag key={one} id={one} textValue={one} className="tag">
            {one}
            {!isReadOnly && (
              <Button slot="remove" className="tag-remove">
                <X aria-hidden />
              </Button>
            )}
          </Tag>
        ))}
      </TagList>
    </TagGroup>
  );
}

function trim(text: string): string {
  return text.trim();
}

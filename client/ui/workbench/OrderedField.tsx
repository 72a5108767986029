import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { IconButton } from '../IconButton.tsx';
import { LiveRegion } from '../LiveRegion.tsx';
import type { SelectOption } from '../Select.tsx';
import { ChoiceField } from './ChoiceField.tsx';
import { FieldGroup } from './FieldGroup.tsx';
import type { FieldProps } from './FieldProps.ts';
import './OrderedField.css';
import { ReadOnlyField } from './ReadOnlyField.tsx';

export interface OrderedFieldWords {
  /** Name of the choice that adds one. */
  readonly add: string;
  readonly choose: string;
  readonly up: (name: string) => string;
  readonly down: (name: string) => string;
  readonly remove: (name: string) => string;
  /** Spoken after a move. */
  readonly moved: (name: string, place: number, total: number) => string;
}

export interface OrderedFieldProps<Id extends string> extends FieldProps<readonly Id[]> {
  readonly options: readonly SelectOption<Id>[];
  readonly words: OrderedFieldWords;
  /** Stands where none is chosen. */
  readonly emptyText: string;
  /** Fields of one that is chosen. */
  readonly detail?: (id: Id) => ReactNode;
}

/** Some of several, in an order that counts. */
export function OrderedField<Id extends string>(props: OrderedFieldProps<Id>) {
  const { label, value, onChange, onBlur, hint, error, isReadOnly, options, words, emptyText, detail } = props;
  const list = useRef<HTMLOListElement>(null);
  const [announcement, setAnnouncement] = useState('');
  const nameOf = (one: Id) => options.find(({ id }) => id === one)?.name ?? one;
  if (isReadOnly && detail === undefined) {
    return <ReadOnlyField label={label}>{value.length === 0 ? emptyText : value.map(nameOf).join(', ')}</ReadOnlyField>;
  }
  const move = (id: Id, by: -1 | 1) => {
    const from = value.indexOf(id);
    const others = value.filter((one) => one !== id);
    onChange([...others.slice(0, from + by), id, ...others.slice(from + by)]);
    setAnnouncement(words.moved(nameOf(id), from + by + 1, value.length));
    // A row that is put elsewhere in the document loses the focus; at an end the button that was pressed is switched off.
    requestAnimationFrame(() => {
      const buttons = list.current?.querySelectorAll<HTMLElement>(
        `[data-row="${CSS.escape(id)}"] .ordered-move button`,
      );
      const [up, down] = buttons ?? [];
      const pressed = by === -1 ? up : down;
      (pressed?.hasAttribute('disabled') ? (by === -1 ? down : up) : pressed)?.focus();
    });
  };
  const left = options.filter(({ id }) => !value.includes(id));
  return (
    <FieldGroup title={label} {...(hint !== undefined && { hint })} error={error}>
      {value.length === 0 && <p className="ordered-none">{emptyText}</p>}
      {value.length > 0 && (
        <ol className="ordered" ref={list} aria-label={label}>
          {value.map((id, index) => (
            <li key={id} className="ordered-row" data-row={id}>
              <span className="ordered-name">{nameOf(id)}</span>
              {!isReadOnly && (
                <span className="ordered-move">
                  <IconButton
                    label={words.up(nameOf(id))}
                    icon={<ChevronUp aria-hidden />}
                    isDisabled={index === 0}
                    onPress={() => move(id, -1)}
                  />
                  <IconButton
                    label={words.down(nameOf(id))}
                    icon={<ChevronDown aria-hidden />}
                    isDisabled={index === value.length - 1}
                    onPress={() => move(id, 1)}
                  />
                  <IconButton
                    label={words.remove(nameOf(id))}
                    icon={<X aria-hidden />}
                    onPress={() => onChange(value.filter((one) => one !== id))}
                  />
                </span>
              )}
              {detail !== undefined && <div className="ordered-detail">{detail(id)}</div>}
            </li>
          ))}
        </ol>
      )}
      {!isReadOnly && left.length > 0 && (
        <ChoiceField
          label={words.add}
          placeholder={words.choose}
          options={left}
          value={null}
          onChange={(id) => id !== null && onChange([...value, id])}
          onBlur={onBlur}
        />
      )}
      <LiveRegion label={label} text={announcement} />
    </FieldGroup>
  );
}

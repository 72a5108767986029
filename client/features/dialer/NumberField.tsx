import { Delete } from 'lucide-react';
import { useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useBrand } from '../../branding/index.ts';
import { type TypedNumber, typeNumber } from '../../phone-numbers/index.ts';
import { IconButton } from '../../ui/index.ts';
import './NumberField.css';

export interface NumberFieldProps {
  readonly typed: TypedNumber;
  readonly country: string;
  readonly onEdit: (typed: TypedNumber) => void;
  readonly onEnter: () => void;
  readonly onBackspace: () => void;
  readonly onClear: () => void;
  /** True when the pasted text had a number in it, which then stands in the field. */
  readonly onPaste: (text: string) => boolean;
}

/** The number as it is dialled. Formats while it is written and keeps the caret where the person put it. */
export function NumberField(props: NumberFieldProps) {
  const { typed, country, onEdit, onEnter, onBackspace, onClear, onPaste } = props;
  const { t } = useTranslation();
  const { features } = useBrand();
  const input = useRef<HTMLInputElement>(null);

  useLayoutEffect(() => {
    const field = input.current;
    if (field !== null && document.activeElement === field) field.setSelectionRange(typed.caret, typed.caret);
    // A long number shows its end, where the typing is.
    if (field !== null && typed.caret === typed.text.length) field.scrollLeft = field.scrollWidth;
  }, [typed]);

  return (
    <div className="number-field">
      <input
        ref={input}
        aria-label={t('dialer.number')}
        className="number-field-input"
        data-length={lengthClass(typed.text)}
        type="tel"
        inputMode="tel"
        autoComplete="off"
        autoCorrect="off"
        spellCheck={false}
        maxLength={100}
        placeholder={t(features.contacts ? 'dialer.placeholder' : 'dialer.numberPlaceholder')}
        value={typed.text}
        onChange={({ currentTarget, nativeEvent }) => {
          const isForward = nativeEvent instanceof InputEvent && nativeEvent.inputType === 'deleteContentForward';
          const caret = currentTarget.selectionStart ?? currentTarget.value.length;
          onEdit(typeNumber({ before: typed.text, text: currentTarget.value, caret, isForward }, country));
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onEnter();
          if (event.key === 'Escape' && typed.text !== '') onClear();
        }}
        onPaste={(event) => {
          const isWhole = isAllSelected(event.currentTarget);
          if (isWhole && onPaste(event.clipboardData.getData('text'))) event.preventDefault();
        }}
      />
      <span className="number-field-tool">
        {typed.text !== '' && (
          <IconButton label={t('dialer.backspace')} icon={<Delete aria-hidden />} onPress={onBackspace} />
        )}
      </span>
    </div>
  );
}

function isAllSelected(input: HTMLInputElement): boolean {
  return (input.selectionEnd ?? 0) - (input.selectionStart ?? 0) === input.value.length;
}

function lengthClass(text: string): 'short' | 'long' | 'longest' {
  if (text.length <= 14) return 'short';
  return text.length <= 18 ? 'long' : 'longest';
}

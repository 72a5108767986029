import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DialbridgeError } from '../../../shared/errors/index.ts';
import type { Contact, ContactDraft } from '../../../shared/protocol/index.ts';
import { useBrand } from '../../branding/index.ts';
import { formatNumber, normalizeNumber } from '../../phone-numbers/index.ts';
import { useContactBook } from '../../records/index.ts';
import { describeFailure } from '../../session/index.ts';
import { newId } from '../../state/index.ts';
import { useNotices } from '../../ui/index.ts';

export type NumberLabel = ContactDraft['numbers'][number]['label'];

export interface NumberLine {
  /** For React alone. */
  readonly key: string;
  readonly number: string;
  readonly label: NumberLabel;
}

export interface ContactFields {
  readonly name: string;
  readonly company: string;
  readonly note: string;
  readonly numbers: readonly NumberLine[];
}

export interface ContactFormView {
  readonly fields: ContactFields;
  readonly change: (fields: Partial<ContactFields>) => void;
  readonly changeNumber: (key: string, line: Partial<NumberLine>) => void;
  readonly addNumber: () => void;
  readonly removeNumber: (key: string) => void;
  readonly nameProblem: string | undefined;
  readonly numberProblem: string | undefined;
  /** Why the bridge didn't take it. */
  readonly problem: string | null;
  readonly isBusy: boolean;
  readonly save: () => void;
}

export const mostNumbers = 10;

/** What is written into the form, and its way to the address book. */
export function useContactForm(contact: Contact | null, number: string, onSaved: () => void): ContactFormView {
  const { t } = useTranslation();
  const { defaultCountry } = useBrand();
  const book = useContactBook();
  const notices = useNotices();
  const [fields, setFields] = useState(() => fieldsOf(contact, number, defaultCountry));
  const [isChecked, setIsChecked] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  // After a conflict the next save is based on what is there now.
  const [based, setBased] = useState(contact);

  const change = (changed: Partial<ContactFields>) => setFields((present) => ({ ...present, ...changed }));
  const filled = fields.numbers.filter((line) => line.number.trim() !== '');
  const isNameMissing = fields.name.trim() === '';

  const save = async () => {
    setIsChecked(true);
    if (isNameMissing || filled.length === 0 || isBusy) return;
    setIsBusy(true);
    setProblem(null);
    const draft = draftOf(fields, filled, defaultCountry);
    try {
      await (based === null ? book.add(draft) : book.change(based, draft));
      notices.post({ tone: 'plain', text: t('contacts.saved', { name: draft.name }) });
      onSaved();
    } catch (error) {
      setIsBusy(false);
      const isConflict = error instanceof DialbridgeError && error.code === 'conflict';
      setProblem(isConflict ? t('contacts.conflict') : describeFailure(error, t));
      const present = book.state.get();
      const fresh = present.kind === 'ready' ? present.value.find(({ id }) => id === contact?.id) : undefined;
      if (isConflict && fresh) {
        setBased(fresh);
        setFields(fieldsOf(fresh, '', defaultCountry));
      }
    }
  };

  return {
    fields,
    change,
    changeNumber: (key, line) =>
      change({ numbers: fields.numbers.map((other) => (other.key === key ? { ...other, ...line } : other)) }),
    addNumber: () => change({ numbers: [...fields.numbers, newLine('', 'other')] }),
    removeNumber: (key) => change({ numbers: fields.numbers.filter((line) => line.key !== key) }),
    nameProblem: isChecked && isNameMissing ? t('contacts.nameMissing') : undefined,
    numberProblem: isChecked && filled.length === 0 ? t('contacts.numberMissing') : undefined,
    problem,
    isBusy,
    save: () => void save(),
  };
}

function newLine(number: string, label: NumberLabel): NumberLine {
  return { key: newId(), number, label };
}

function fieldsOf(contact: Contact | null, number: string, country: string): ContactFields {
  if (contact === null) {
    const written = number === '' ? '' : formatNumber(number, country);
    return { name: '', company: '', note: '', numbers: [newLine(written, 'mobile')] };
  }
  return {
    name: contact.name,
    company: contact.company ?? '',
    note: contact.note ?? '',
    numbers: contact.numbers.map((line) => newLine(formatNumber(line.number, country), line.label)),
  };
}

function draftOf(fields: ContactFields, filled: readonly NumberLine[], country: string): ContactDraft {
  const company = fields.company.trim();
  const note = fields.note.trim();
  return {
    name: fields.name.trim(),
    numbers: filled.map(({ number, label }) => ({ number: normalizeNumber(number, country), label })),
    ...(company !== '' && { company }),
    ...(note !== '' && { note }),
  };
}

import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useBrand } from '../../branding/index.ts';
import { type ClientCall, useCall, useDial } from '../../calling/index.ts';
import {
  extractNumber,
  formatNumber,
  formatTyped,
  splitWithholding,
  type TypedNumber,
} from '../../phone-numbers/index.ts';
import {
  type ContactMatch,
  matchContacts,
  useCallHistoryState,
  useContactByNumber,
  useContacts,
} from '../../records/index.ts';
import { useNotices } from '../../ui/index.ts';
import { useKeyboardDialing } from './useKeyboardDialing.ts';

export interface DialPadView {
  readonly typed: TypedNumber;
  readonly country: string;
  readonly edit: (typed: TypedNumber) => void;
  readonly pressKey: (key: string) => void;
  /** The zero that was just typed was meant as a plus. */
  readonly holdZero: () => void;
  readonly backspace: () => void;
  readonly clear: () => void;
  /** Pasted text; false when there is no number in it. */
  readonly paste: (text: string) => boolean;
  readonly call: () => void;
  readonly dialMatch: (match: ContactMatch) => void;
  readonly matches: readonly ContactMatch[];
  /** Nothing was ever dialled here: trying the telephone out comes first. */
  readonly isFirstCall: boolean;
  readonly openCheck: () => void;
  /** Name of the contact whose number was typed. */
  readonly name: string | null;
}

const empty: TypedNumber = { text: '', caret: 0 };
const mostMatches = 3;
/** What telephones usually take for an echo test. */
const checkCode = '*43';
/** After these the number is worth correcting, so it comes back into the field. */
const worthCorrecting = new Set(['refused', 'wrongNumber', 'failed', 'unreachable']);

export function useDialPad(isKeyboardOurs: boolean): DialPadView {
  const { t } = useTranslation();
  const { defaultCountry: country } = useBrand();
  const { phone, ended } = useCall();
  const dial = useDial();
  const notices = useNotices();
  const navigate = useNavigate();
  const contacts = useContacts();
  const [typed, edit] = useState<TypedNumber>(empty);
  const history = useCallHistoryState();
  const lastNumber = useLastNumber(ended);
  // A code in front of the number doesn't keep anybody from being found.
  const { number: wanted, isWithheld } = splitWithholding(typed.text);
  const known = useContactByNumber(wanted);

  const append = useCallback(
    (key: string) => {
      phone.playKey(key);
      edit(({ text }) => atEnd(formatTyped(text + key, country)));
    },
    [phone, country],
  );
  const backspace = useCallback(() => edit(({ text }) => atEnd(removeLast(text, country))), [country]);
  const clear = useCallback(() => edit(empty), []);
  const holdZero = useCallback(
    () => edit(({ text }) => atEnd(formatTyped(`${removeLast(text, country)}+`, country))),
    [country],
  );
  const paste = useCallback(
    (text: string) => {
      const number = extractNumber(text, country);
      if (number !== null) edit(atEnd(formatTyped(number, country)));
      return number !== null;
    },
    [country],
  );

  const matches = matchContacts(contacts, wanted).slice(0, mostMatches);
  const dialMatch = useCallback(
    ({ contact, number }: ContactMatch) => {
      if (dial({ destination: number, name: contact.name, isNumberWithheld: isWithheld })) edit(empty);
    },
    [dial, isWithheld],
  );
  const call = () => {
    const text = typed.text.trim();
    if (text === checkCode) {
      edit(empty);
      return void navigate('/check');
    }
    if (text === '') {
      if (lastNumber === null) notices.post({ tone: 'plain', text: t('dialer.nothingToRedial') });
      else edit(atEnd(formatTyped(lastNumber, country)));
      return;
    }
    const [best] = matches;
    if (/\p{L}/u.test(text) && best) return dialMatch(best);
    if (dial({ destination: text, name: known?.name })) edit(empty);
  };

  useRestoredNumber(ended, ({ number, isNumberWithheld }) => {
    // Whoever withheld their number once wants it withheld when they try again.
    const text = `${isNumberWithheld ? '#31#' : ''}${formatNumber(number, country)}`;
    edit((present) => (present.text === '' ? atEnd(text) : present));
  });
  useKeyboardDialing({
    isActive: isKeyboardOurs,
    onKey: append,
    onBackspace: backspace,
    onEnter: call,
    onPaste: (text) => {
      if (!paste(text)) notices.post({ tone: 'plain', text: t('dialer.noNumberPasted') });
    },
  });

  return {
    typed,
    country,
    edit,
    pressKey: append,
    holdZero,
    backspace,
    clear,
    paste,
    call,
    dialMatch,
    matches,
    isFirstCall: lastNumber === null && history.kind === 'ready',
    openCheck: () => void navigate('/check'),
    name: known?.name ?? null,
  };
}

function atEnd(text: string): TypedNumber {
  return { text, caret: text.length };
}

/** Without the last character that means something, and the separators behind it. */
function removeLast(text: string, country: string): string {
  return formatTyped(text.replace(/[\p{L}\p{N}+*#][^\p{L}\p{N}+*#]*$/u, ''), country);
}

function useLastNumber(ended: ClientCall | null): string | null {
  const history = useCallHistoryState();
  const newest = history.kind === 'ready' ? history.value.entries[0]?.number : undefined;
  return ended?.number || newest || null;
}

/** Gives the number of a call that failed back once. */
function useRestoredNumber(ended: ClientCall | null, restore: (call: ClientCall) => void): void {
  const seen = useRef<string | null>(null);
  useEffect(() => {
    if (ended === null || ended.callId === seen.current) return;
    seen.current = ended.callId;
    const isWorthIt = ended.direction === 'outgoing' && worthCorrecting.has(ended.end?.outcome ?? '');
    if (isWorthIt && ended.name === null) restore(ended);
  });
}

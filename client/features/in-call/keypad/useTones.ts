import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../../calling/index.ts';
import { usePreferences } from '../../../preferences/index.ts';
import { isTyping, useNotices } from '../../../ui/index.ts';
import { readCode } from './readCode.ts';

export interface TonesView {
  /** Key tones sent in this call, in order. */
  readonly sent: string;
  readonly send: (digits: string) => void;
}

/** Key tones by the pad, by the keyboard, and by pasting a code; `canSend` while there is somebody to hear them. */
export function useTones(canSend: boolean): TonesView {
  const { t } = useTranslation();
  const { phone } = useCall();
  const notices = useNotices();
  const [sent, setSent] = useState('');
  const send = (digits: string) => {
    setSent((before) => before + digits);
    phone.sendDigits(digits);
  };
  useToneKeys(canSend, {
    onDigit: send,
    onPaste: (text) => {
      const code = readCode(text);
      if (code !== null) send(code);
      else notices.post({ tone: 'plain', text: t('inCall.noCode') });
    },
  });
  return { sent, send };
}

interface ToneKeys {
  readonly onDigit: (digit: string) => void;
  readonly onPaste: (text: string) => void;
}

function useToneKeys(isActive: boolean, keys: ToneKeys): void {
  const { hasSingleKeys } = usePreferences().values;
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    if (!isActive) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isTyping(event.target) || !/^[0-9*#]$/.test(event.key)) return;
      event.preventDefault();
      latest.current.onDigit(event.key);
    };
    const onPaste = (event: ClipboardEvent) => {
      if (!isTyping(event.target)) latest.current.onPaste(event.clipboardData?.getData('text') ?? '');
    };
    if (hasSingleKeys) document.addEventListener('keydown', onKeyDown);
    document.addEventListener('paste', onPaste);
    return () => {
      document.removeEventListener('keydown', onKeyDown);
      document.removeEventListener('paste', onPaste);
    };
  }, [isActive, hasSingleKeys]);
}

import { useEffect, useRef } from 'react';
import { usePreferences } from '../../preferences/index.ts';
import { isTyping } from '../../ui/index.ts';

export interface KeyboardDialing {
  readonly isActive: boolean;
  readonly onKey: (key: string) => void;
  readonly onBackspace: () => void;
  readonly onEnter: () => void;
  readonly onPaste: (text: string) => void;
}

/** Lets the person dial by keyboard from anywhere on the page, without first finding the field. */
export function useKeyboardDialing(dialing: KeyboardDialing): void {
  const { hasSingleKeys } = usePreferences().values;
  const latest = useRef(dialing);
  latest.current = dialing;
  useEffect(() => {
    if (!dialing.isActive) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (/^[0-9*#+]$/.test(event.key) && hasSingleKeys) latest.current.onKey(event.key);
      else if (event.key === 'Backspace') latest.current.onBackspace();
      // On a button, Enter belongs to the button.
      else if (event.key === 'Enter' && !isOnControl(event.target)) latest.current.onEnter();
      else return;
      event.preventDefault();
    };
    const onPaste = (event: ClipboardEvent) => {
      if (isTyping(event.target)) return;
      latest.current.onPaste(event.clipboardData?.getData('text') ?? '');
    };
    document.addEventListener('keydown', onKeyDown);
    document.addEventListener('paste', onPaste);
    return () => {
      document.removeEventListener('keydown', onKeyDown);
      document.removeEventListener('paste', onPaste);
    };
  }, [dialing.isActive, hasSingleKeys]);
}

function isOnControl(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('button, a, [role="button"]') !== null;
}

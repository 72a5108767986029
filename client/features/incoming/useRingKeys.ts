import { useEffect, useRef, useState } from 'react';
import { isTyping } from '../../ui/index.ts';

export interface RingKeys {
  readonly onAccept: () => void;
  readonly onDecline: () => void;
}

/** Nobody can mean a call that has rung for less than this, in milliseconds. */
const unseenMs = 500;
/** Who was writing may finish the line: its Enter was not meant for the call. */
const unseenByWritersMs = 2_000;

/** Enter takes the call, Escape declines it; on a button, Enter belongs to the button. */
export function useRingKeys(keys: RingKeys): void {
  const latest = useRef(keys);
  latest.current = keys;
  // Before the screen takes the focus.
  const [wasWriting] = useState(() => isTyping(document.activeElement));
  useEffect(() => {
    const heedFromMs = Date.now() + (wasWriting ? unseenByWritersMs : unseenMs);
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' && event.key !== 'Escape') return;
      if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      if (event.key === 'Enter' && isOnButton(event.target)) return;
      event.preventDefault();
      if (Date.now() < heedFromMs) return;
      if (event.key === 'Enter') latest.current.onAccept();
      else latest.current.onDecline();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [wasWriting]);
}

function isOnButton(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('button') !== null;
}

import { type RefObject, useEffect, useRef } from 'react';

/**
 * For what takes the place of the control that was just used: when it appears, it takes a focus that would otherwise be
 * lost with that control, so that the keyboard and a screen reader go on from here. Focus that has a place stays there.
 * Put `tabIndex={-1}` on the element.
 */
export function useCaughtFocus<E extends HTMLElement>(): RefObject<E | null> {
  const element = useRef<E>(null);
  useEffect(() => {
    const focused = document.activeElement;
    const isLost = focused === null || focused === document.body || focused.closest('[hidden], [inert]') !== null;
    if (isLost) element.current?.focus({ preventScroll: true });
  }, []);
  return element;
}

import { useSyncExternalStore } from 'react';

/** The person doesn't look at this page: it is behind another tab or window. */
export function useIsAway(): boolean {
  return useSyncExternalStore(subscribe, isAway);
}

function isAway(): boolean {
  return document.visibilityState === 'hidden' || !document.hasFocus();
}

function subscribe(listener: () => void): () => void {
  document.addEventListener('visibilitychange', listener);
  window.addEventListener('focus', listener);
  window.addEventListener('blur', listener);
  return () => {
    document.removeEventListener('visibilitychange', listener);
    window.removeEventListener('focus', listener);
    window.removeEventListener('blur', listener);
  };
}

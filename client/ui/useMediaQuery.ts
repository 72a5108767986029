import { useSyncExternalStore } from 'react';

/** True while the page matches the media query. */
export function useMediaQuery(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const list = matchMedia(query);
      list.addEventListener('change', listener);
      return () => list.removeEventListener('change', listener);
    },
    () => matchMedia(query).matches,
    () => false,
  );
}

/** Where the dial pad and the pages don't stand side by side. The stylesheets say the same width. */
export const narrowQuery = '(max-width: 899px)';

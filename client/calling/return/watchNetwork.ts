export interface NetworkNews {
  /** The browser says that it is offline. */
  lost(): void;
  /** It is back, or another: what was connected before may be dead without knowing. */
  changed(): void;
  /** The page was woken up: what is connected may have gone meanwhile. */
  woken(): void;
}

/** Network Information API; Chromium has it, others say `online` and `offline` alone. */
type NavigatorWithConnection = Pick<Navigator, 'onLine'> & { readonly connection?: EventTarget };

/** Hears of the network what browsers tell; returns how to stop. */
export function watchNetwork(page: Window, news: NetworkNews): () => void {
  const { connection } = page.navigator as NavigatorWithConnection;
  const changed = () => page.navigator.onLine && news.changed();
  const lost = () => news.lost();
  const looked = () => page.document.visibilityState === 'visible' && news.woken();
  page.addEventListener('online', changed);
  page.addEventListener('offline', lost);
  page.document.addEventListener('visibilitychange', looked);
  connection?.addEventListener('change', changed);
  return () => {
    page.removeEventListener('online', changed);
    page.removeEventListener('offline', lost);
    page.document.removeEventListener('visibilitychange', looked);
    connection?.removeEventListener('change', changed);
  };
}

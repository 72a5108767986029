import { useEffect, useState } from 'react';
import { useConnection } from './useConnection.ts';
import { useSecondsUntil } from './useSecondsUntil.ts';

export interface ReconnectingView {
  /** For so long the bridge keeps calls, in whole seconds; null before it ever told. */
  readonly secondsLeft: number | null;
  /** The browser says that this device has no network at all. */
  readonly isOffline: boolean;
}

/** While the bridge is away, for longer than a moment; null while it is there. */
export function useReconnecting(): ReconnectingView | null {
  const { isTrouble, connection } = useConnection();
  const isOffline = useIsOffline();
  const secondsLeft = useSecondsUntil(isTrouble ? connection.callsKeptUntilMs : null);
  return isTrouble ? { secondsLeft, isOffline } : null;
}

function useIsOffline(): boolean {
  const [isOffline, setIsOffline] = useState(() => !navigator.onLine);
  useEffect(() => {
    const look = () => setIsOffline(!navigator.onLine);
    window.addEventListener('online', look);
    window.addEventListener('offline', look);
    return () => {
      window.removeEventListener('online', look);
      window.removeEventListener('offline', look);
    };
  }, []);
  return isOffline;
}

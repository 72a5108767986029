import { useEffect, useState } from 'react';
import { useReadable } from '../../state/index.ts';
import type { Connection, ConnectionState } from '../connection/index.ts';
import { useCalling } from './CallingProvider.tsx';

export interface ConnectionView {
  readonly state: ConnectionState;
  /** Not connected for so long that the person should know. */
  readonly isTrouble: boolean;
  readonly connection: Connection;
}

/** Short gaps are not worth a word. */
const patienceMs = 1_200;

export function useConnection(): ConnectionView {
  const { connection } = useCalling();
  const state = useReadable(connection.state);
  const isWaiting = state.kind === 'connecting' || state.kind === 'reconnecting';
  // A view that appears in the middle of the trouble knows of it at once.
  const [isTrouble, setIsTrouble] = useState(() => connection.waitingMs >= patienceMs);
  useEffect(() => {
    const leftMs = patienceMs - connection.waitingMs;
    setIsTrouble(isWaiting && leftMs <= 0);
    if (!isWaiting || leftMs <= 0) return;
    const timer = setTimeout(() => setIsTrouble(true), leftMs);
    return () => clearTimeout(timer);
  }, [isWaiting, connection]);
  return { state, isTrouble: isWaiting && isTrouble, connection };
}

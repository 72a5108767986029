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
  const [isTrouble, setIsTrouble] = useState(false);
  useEffect(() => {
    setIsTrouble(false);
    if (!isWaiting) return;
    const timer = setTimeout(() => setIsTrouble(true), patienceMs);
    return () => clearTimeout(timer);
  }, [isWaiting]);
  return { state, isTrouble: isWaiting && isTrouble, connection };
}

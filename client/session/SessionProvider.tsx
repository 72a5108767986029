import { createContext, type ReactNode, useContext } from 'react';
import { useReadable } from '../state/index.ts';
import type { Session, SessionState } from './Session.ts';

const SessionContext = createContext<Session | null>(null);

export function SessionProvider({ session, children }: { session: Session; children: ReactNode }) {
  return <SessionContext value={session}>{children}</SessionContext>;
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('useSession needs a SessionProvider above it');
  return session;
}

export function useSessionState(): SessionState {
  return useReadable(useSession().state);
}

/** The grant of the signed-in person. Only for what is drawn while somebody is signed in. */
export function useGrant() {
  const state = useSessionState();
  if (state.kind !== 'signedIn') throw new Error('nobody is signed in');
  return state.grant;
}

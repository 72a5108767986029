import { createContext, type ReactNode, useContext, useMemo } from 'react';
import type { Contact } from '../../shared/protocol/index.ts';
import { useReadable } from '../state/index.ts';
import type { CallHistory, CallHistoryState } from './CallHistory.ts';
import type { ContactBook, ContactBookState } from './ContactBook.ts';
import { findByNumber } from './matchContacts.ts';

interface Records {
  readonly contactBook: ContactBook;
  readonly callHistory: CallHistory;
}

const RecordsContext = createContext<Records | null>(null);

export function RecordsProvider({ contactBook, callHistory, children }: Records & { children: ReactNode }) {
  const records = useMemo(() => ({ contactBook, callHistory }), [contactBook, callHistory]);
  return <RecordsContext value={records}>{children}</RecordsContext>;
}

function useRecords(): Records {
  const records = useContext(RecordsContext);
  if (records === null) throw new Error('the records need a RecordsProvider above them');
  return records;
}

export function useContactBook(): ContactBook {
  return useRecords().contactBook;
}

export function useContactBookState(): ContactBookState {
  return useReadable(useContactBook().state);
}

/** The contacts that are known by now. */
export function useContacts(): readonly Contact[] {
  const state = useContactBookState();
  return state.kind === 'ready' ? state.value : noContacts;
}
const noContacts: readonly Contact[] = [];

export function useContactByNumber(number: string): Contact | undefined {
  const contacts = useContacts();
  return useMemo(() => findByNumber(contacts, number), [contacts, number]);
}

export function useCallHistory(): CallHistory {
  return useRecords().callHistory;
}

export function useCallHistoryState(): CallHistoryState {
  return useReadable(useCallHistory().state);
}

export { CallHistory, type CallHistoryState } from './CallHistory.ts';
export { CallRecordRow } from './CallRecordRow.tsx';
export { ContactBook, type ContactBookState } from './ContactBook.ts';
export { describeOutcome } from './describeOutcome.ts';
export type { Loadable } from './Loadable.ts';
export { type ContactMatch, findByNumber, matchContacts } from './matchContacts.ts';
export {
  RecordsProvider,
  useCallHistory,
  useCallHistoryState,
  useContactBook,
  useContactBookState,
  useContactByNumber,
  useContacts,
} from './RecordsProvider.tsx';
export { talkSeconds } from './talkSeconds.ts';
export { type Party, useParty } from './useParty.ts';

import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { ContactId } from '../../../shared/domain/index.ts';
import type { Contact } from '../../../shared/protocol/index.ts';
import { type ContactBookState, matchContacts, useContactBook, useContactBookState } from '../../records/index.ts';
import { describeFailure } from '../../session/index.ts';
import { useNotices } from '../../ui/index.ts';
import type { ContactFormSubject } from './ContactForm.tsx';
import { type ContactGroup, groupContacts } from './groupContacts.ts';

export interface ContactsPageView {
  readonly state: ContactBookState;
  readonly count: number;
  readonly groups: readonly ContactGroup[];
  readonly query: string;
  readonly setQuery: (query: string) => void;
  readonly reload: () => void;
  /** The contact whose details are open. */
  readonly opened: Contact | null;
  readonly open: (contact: Contact) => void;
  readonly close: () => void;
  /** The form, when it is open. */
  readonly form: ContactFormSubject | null;
  readonly beginNew: (number: string) => void;
  readonly beginEdit: () => void;
  readonly remove: (contact: Contact | null) => void;
}

/** Groups are for long lists; a handful is found at a glance. */
const ungroupedUpTo = 20;

export function useContactsPage(): ContactsPageView {
  const { t } = useTranslation();
  const book = useContactBook();
  const state = useContactBookState();
  const notices = useNotices();
  const [query, setQuery] = useState('');
  const [openedId, setOpenedId] = useState<ContactId | null>(null);
  const [edited, setEdited] = useState<Contact | null>(null);
  // A link from elsewhere may ask for a new contact with a number.
  const [search, setSearch] = useSearchParams();
  const newNumber = search.get('new');

  const all = state.kind === 'ready' ? state.value : [];
  const found = query.trim() === '' ? all : matchContacts(all, query).map(({ contact }) => contact);
  const isShort = query.trim() !== '' || all.length <= ungroupedUpTo;

  const remove = async (contact: Contact) => {
    setOpenedId(null);
    const { name, company, numbers, note } = contact;
    const draft = { name, numbers, ...(company && { company }), ...(note && { note }) };
    const restore = async () => {
      await book.add(draft);
      notices.post({ tone: 'plain', text: t('contacts.restored', { name }) });
    };
    await book.remove(contact);
    notices.post({
      tone: 'plain',
      text: t('contacts.removed', { name }),
      action: { label: t('common.undo'), run: () => void restore().catch(tell) },
    });
  };
  const tell = (error: unknown) => notices.post({ tone: 'danger', text: describeFailure(error, t) });

  return {
    state,
    count: all.length,
    groups: isShort ? (found.length > 0 ? [{ initial: '', contacts: found }] : []) : groupContacts(found),
    query,
    setQuery,
    reload: () => void book.load(),
    opened: edited === null && newNumber === null ? (all.find(({ id }) => id === openedId) ?? null) : null,
    open: ({ id }) => setOpenedId(id),
    close: () => {
      if (newNumber !== null) setSearch({}, { replace: true });
      else if (edited !== null) setEdited(null);
      else setOpenedId(null);
    },
    form: formOf(edited, newNumber),
    beginNew: (number) => setSearch({ new: number }),
    beginEdit: () => setEdited(all.find(({ id }) => id === openedId) ?? null),
    remove: (contact) => {
      if (contact !== null) remove(contact).catch(tell);
    },
  };
}

function formOf(edited: Contact | null, newNumber: string | null): ContactFormSubject | null {
  if (newNumber !== null) return { contact: null, number: newNumber };
  return edited === null ? null : { contact: edited, number: '' };
}

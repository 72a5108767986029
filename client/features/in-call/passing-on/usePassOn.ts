import { useState } from 'react';
import { useBrand } from '../../../branding/index.ts';
import { type ClientCall, canBeHeld, type PassOnTarget, useCall, useDial } from '../../../calling/index.ts';
import { extractNumber } from '../../../phone-numbers/index.ts';
import { findByNumber, matchContacts, useContacts } from '../../../records/index.ts';

/** Somebody whom a call may be passed on to. */
export interface PassOnChoice {
  readonly id: string;
  readonly name: string | null;
  /** As it is dialled. */
  readonly number: string;
  /** A call with them is up. */
  readonly isInCall: boolean;
  readonly target: PassOnTarget;
}

export interface PassOnView {
  readonly query: string;
  readonly setQuery: (query: string) => void;
  readonly choices: readonly PassOnChoice[];
  readonly chosen: PassOnChoice | null;
  readonly choose: (id: string | null) => void;
  /** Passes the call on without a word to who gets it. */
  readonly passOnNow: () => void;
  /** Calls them first, while the other party waits on hold. Null where a call with them is up already. */
  readonly askFirst: (() => void) | null;
}

const mostContacts = 50;
/** Nothing shorter can be dialled. */
const leastDigits = 2;

export function usePassOn(call: ClientCall, others: readonly ClientCall[], onDone: () => void): PassOnView {
  const { features } = useBrand();
  const { phone } = useCall();
  const dial = useDial();
  const [query, setQuery] = useState('');
  const [chosenId, choose] = useState<string | null>(null);
  const found = useFound(query, features.contacts).filter(
    // Who is on the line already is no further choice, least of all the party that is passed on.
    ({ number }) => ![call, ...others].some((known) => known.number === number),
  );
  const choices = [...useCalls(others, query), ...found];
  // A number that is written out whole needs no further choice.
  const chosen = choices.find(({ id }) => id === chosenId) ?? (choices[0]?.id === typedId ? choices[0] : null);
  const target = chosen?.target ?? null;
  return {
    query,
    setQuery,
    choices,
    chosen,
    choose,
    passOnNow: () => {
      if (target === null) return;
      phone.transfer(call.callId, target);
      onDone();
    },
    askFirst:
      target === null || !('destination' in target)
        ? null
        : () => {
            if (dial(target)) onDone();
          },
  };
}

const typedId = 'typed';

/** The calls that are up, whose other parties can be joined with this one's. */
function useCalls(others: readonly ClientCall[], query: string): readonly PassOnChoice[] {
  const contacts = useContacts();
  if (query.trim() !== '') return [];
  return others.filter(canBeHeld).map(({ callId, number, name }) => ({
    id: `call ${callId}`,
    name: findByNumber(contacts, number)?.name ?? name,
    number,
    isInCall: true,
    target: { callId },
  }));
}

/** The number that was written, and the contacts that match. */
function useFound(query: string, hasContacts: boolean): readonly PassOnChoice[] {
  const { defaultCountry } = useBrand();
  const contacts = useContacts();
  const text = query.trim();
  const matches =
    text === ''
      ? contacts.map((contact) => ({ contact, number: contact.numbers[0]?.number ?? '' }))
      : matchContacts(contacts, text);
  const people = (hasContacts ? matches : []).filter(({ number }) => number !== '').slice(0, mostContacts);
  const choices = people.map(({ contact, number }) => ({
    id: `contact ${contact.id}`,
    name: contact.name,
    number,
    isInCall: false,
    target: { destination: number, name: contact.name },
  }));
  const typed = /\p{L}/u.test(text) ? null : extractNumber(text, defaultCountry);
  if (typed === null || typed.replace(/\D/g, '').length < leastDigits) return choices;
  const known = findByNumber(contacts, typed);
  if (known !== undefined && hasContacts) return choices;
  return [{ id: typedId, name: null, number: typed, isInCall: false, target: { destination: typed } }, ...choices];
}

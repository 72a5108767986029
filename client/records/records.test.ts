import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { DialbridgeError } from '../../shared/errors/index.ts';
import { type Contact, contactSchema, type HistoryEntry, historyEntrySchema } from '../../shared/protocol/index.ts';
import { createTranslations } from '../app/translations/createTranslations.ts';
import type { ApiRequest } from '../session/index.ts';
import { CallHistory, joinPages } from './CallHistory.ts';
import { ContactBook } from './ContactBook.ts';
import { describeOutcome } from './describeOutcome.ts';
import { findByNumber, matchContacts } from './matchContacts.ts';
import { isUnsuccessful, talkSeconds } from './talkSeconds.ts';

function contact(id: string, name: string, number: string, more: Partial<Contact> = {}): Contact {
  return {
    ...contactSchema.parse({ id, name, numbers: [{ number, label: 'work' }], revision: 1, updatedAtMs: 1 }),
    ...more,
  };
}

function entry(callId: string, more: Partial<HistoryEntry> = {}): HistoryEntry {
  const base = { callId, direction: 'outgoing', number: '+1', name: null, requestedAtMs: 1, answeredAtMs: null };
  return {
    ...historyEntrySchema.parse({ ...base, endedAtMs: null, outcome: null, codec: null, gatewayId: null }),
    ...more,
  };
}

/** A session whose answers are given by path. */
function session(answers: Record<string, (request: ApiRequest) => unknown>) {
  const requests: ApiRequest[] = [];
  const send = async <Schema extends z.ZodType>(request: ApiRequest, schema: Schema): Promise<z.infer<Schema>> => {
    requests.push(request);
    return schema.parse(answers[`${request.method} ${request.path}`]?.(request));
  };
  return { send, requests };
}

const people = [
  contact('1', 'Anna Bergström', '+46701234567'),
  contact('2', 'Ben Okafor', '+12025550144', { company: 'Annex Ltd' }),
  contact('3', 'Joanna Lee', '+442079460018'),
];
const names = (text: string) => matchContacts(people, text).map(({ contact: { name } }) => name);

describe('matchContacts', () => {
  it('finds by name, first names first, then inside, then the company', () => {
    expect(names('ann')).toEqual(['Anna Bergström', 'Ben Okafor', 'Joanna Lee']);
    expect(names('be')).toEqual(['Ben Okafor', 'Anna Bergström']);
  });

  it('does not mind accents and case', () => {
    expect(names('bergstrom')).toEqual(['Anna Bergström']);
    expect(names('BERGSTRÖM')).toEqual(['Anna Bergström']);
  });

  it('finds by digits, formatted and national', () => {
    expect(names('(202) 555')).toEqual(['Ben Okafor']);
    expect(names('070 123')).toEqual(['Anna Bergström']);
  });

  it('gives the number that matched', () => {
    const two = contact('4', 'Two', '+1111', {
      numbers: [
        { number: '+1111', label: 'work' },
        { number: '+2222', label: 'home' },
      ],
    });
    expect(matchContacts([two], '222')[0]?.number).toBe('+2222');
    expect(matchContacts([two], 'two')[0]?.number).toBe('+1111');
  });

  it('finds nobody for nothing', () => {
    expect(names('  ')).toEqual([]);
    expect(names('zzz')).toEqual([]);
  });
});

describe('findByNumber', () => {
  it('knows a number however it is written', () => {
    expect(findByNumber(people, '(202) 555-0144')?.name).toBe('Ben Okafor');
    expect(findByNumber(people, '+12025550144')?.name).toBe('Ben Okafor');
    expect(findByNumber(people, '0701234567')?.name).toBe('Anna Bergström');
  });

  it('takes no part of a number for the whole, and no number for that of another country', () => {
    expect(findByNumber(people, '144')).toBeUndefined();
    expect(findByNumber(people, '+442025550144')).toBeUndefined();
    expect(findByNumber(people, '')).toBeUndefined();
  });
});

describe('ContactBook', () => {
  it('keeps what it had when reading again fails', async () => {
    let isDown = false;
    const book = new ContactBook(
      session({
        'GET /contacts': () => {
          if (isDown) throw new DialbridgeError('internal');
          return { contacts: people };
        },
      }),
    );
    await book.load();
    isDown = true;
    await book.load();
    expect(book.state.get()).toMatchObject({ kind: 'ready' });
  });

  it('sends the revision that a change is based on', async () => {
    const [anna] = people;
    const { send, requests } = session({
      'PUT /contacts/1': ({ body }) => ({ ...anna, ...(body as object), revision: 2 }),
    });
    const book = new ContactBook({ send });
    if (anna) await book.change(anna, { name: 'Anna B', numbers: anna.numbers });
    expect(requests[0]).toMatchObject({ ifMatch: 1, body: { name: 'Anna B' } });
    expect(book.state.get()).toMatchObject({ value: [{ name: 'Anna B', revision: 2 }] });
  });

  it('reads the book again after a conflict, and tells of it', async () => {
    const [anna] = people;
    const { send, requests } = session({
      'PUT /contacts/1': () => {
        throw new DialbridgeError('conflict');
      },
      'GET /contacts': () => ({ contacts: [{ ...anna, name: 'Anna Elsewhere', revision: 5 }] }),
    });
    const book = new ContactBook({ send });
    const change = anna ? book.change(anna, { name: 'Anna B', numbers: anna.numbers }) : Promise.resolve();
    await expect(change).rejects.toMatchObject({ code: 'conflict' });
    expect(requests.map(({ method }) => method)).toEqual(['PUT', 'GET']);
    expect(book.state.get()).toMatchObject({ value: [{ name: 'Anna Elsewhere', revision: 5 }] });
  });
});

const none = { count: 0, seenUntilMs: 0 };

describe('CallHistory', () => {
  it('says once that the person has seen what is shown, up to its last end', async () => {
    const { send, requests } = session({
      'GET /history?limit=50': () => ({
        entries: [entry('3', { endedAtMs: 700 }), entry('2', { endedAtMs: 900 }), entry('1')],
        nextCursor: null,
        missed: { count: 2, seenUntilMs: 5 },
      }),
      'PUT /history/seen': ({ body }) => ({ count: 0, seenUntilMs: (body as { untilMs: number }).untilMs }),
    });
    const history = new CallHistory({ send });
    await history.markSeen();
    await history.load();
    expect(history.state.get()).toMatchObject({ value: { missed: { count: 2, seenUntilMs: 5 } } });
    await history.markSeen();
    await history.markSeen();
    expect(requests.slice(1)).toMatchObject([{ method: 'PUT', path: '/history/seen', body: { untilMs: 900 } }]);
    expect(history.state.get()).toMatchObject({ value: { missed: { count: 0, seenUntilMs: 900 } } });
  });

  it('adds older pages behind the newest', async () => {
    const history = new CallHistory(
      session({
        'GET /history?limit=50': () => ({ entries: [entry('3'), entry('2')], nextCursor: 'c1' }),
        'GET /history?limit=50&before=c1': () => ({ entries: [entry('2'), entry('1')], nextCursor: null }),
      }),
    );
    await history.load();
    await history.loadMore();
    const state = history.state.get();
    expect(state.kind === 'ready' && state.value.entries.map(({ callId }) => callId)).toEqual(['3', '2', '1']);
  });

  it('puts new calls in front of the pages that were shown', () => {
    const shown = { entries: [entry('2'), entry('1')], nextCursor: null, missed: none };
    const newest = {
      entries: [entry('3'), entry('2', { number: '+9' })],
      nextCursor: 'c',
      missed: { count: 1, seenUntilMs: 2 },
    };
    const joined = joinPages(newest, shown);
    expect(joined.missed).toEqual(newest.missed);
    expect(joined.entries.map(({ callId, number }) => callId + number)).toEqual(['3+1', '2+9', '1+1']);
    expect(joined.nextCursor).toBeNull();
  });

  it('lets go of shown pages that the newest one does not reach', () => {
    const newest = { entries: [entry('9')], nextCursor: 'c', missed: none };
    expect(joinPages(newest, { entries: [entry('1')], nextCursor: null, missed: none })).toEqual(newest);
  });
});

describe('a past call', () => {
  it('was talked in from its answer to its end', () => {
    expect(talkSeconds(entry('1', { answeredAtMs: 10_000, endedAtMs: 75_400 }))).toBe(65);
    // A timer shows whole seconds that have passed: 65.9 s were 1:05 on the call screen.
    expect(talkSeconds(entry('1', { answeredAtMs: 10_000, endedAtMs: 75_900 }))).toBe(65);
    expect(talkSeconds(entry('1', { endedAtMs: 75_400 }))).toBeNull();
    const times = { answeredAtMs: 10_000, endedAtMs: 10_100 };
    expect(talkSeconds(entry('1', { ...times, outcome: 'interrupted' }))).toBeNull();
  });

  it('counts as unsuccessful unless it was answered or given up', () => {
    const unsuccessful = (['answered', 'cancelled', 'busy', null] as const).map((outcome) =>
      isUnsuccessful(entry('1', { outcome })),
    );
    expect(unsuccessful).toEqual([false, false, true, false]);
  });
});

describe('incoming calls in the history', () => {
  const { t } = createTranslations('en');
  const incoming = (more: Partial<HistoryEntry>) => entry('1', { direction: 'incoming', ...more });

  it.each([
    ['answered', 'Incoming', false],
    ['noAnswer', 'Missed', true],
    ['cancelled', 'Missed, the caller gave up', true],
    ['busy', 'Missed, you were busy', true],
    ['declined', 'You declined', false],
  ] as const)('that ended as %s are told as %s', (outcome, words, isRed) => {
    expect(describeOutcome(incoming({ outcome }), t)).toBe(words);
    expect(isUnsuccessful(incoming({ outcome }))).toBe(isRed);
  });

  it('that another took are told with who it was, and not in red', () => {
    const taken = incoming({ outcome: 'noAnswer', takenBy: 'Ben' });
    expect(describeOutcome(taken, t)).toBe('Taken by Ben');
    expect(isUnsuccessful(taken)).toBe(false);
  });

  it('are told from outgoing ones that ended the same', () => {
    const outgoing = entry('1', { outcome: 'cancelled' });
    expect(describeOutcome(outgoing, t)).toBe('Cancelled');
    expect(isUnsuccessful(outgoing)).toBe(false);
  });
});

import { describe, expect, it } from 'vitest';
import { callIdSchema, userIdSchema } from '../../../shared/domain/index.ts';
import type { CallRecordStore } from '../ports/CallRecordStore.ts';
import { closing, event, opening } from './callRecordContract.ts';

const id = (text: string) => callIdSchema.parse(text);

/** What a `CallRecordStore` does with old calls; `create` makes an empty one. */
export function describeCallRetention(name: string, create: () => Promise<CallRecordStore>): void {
  describe(`${name} and calls of long ago`, () => {
    async function keep(records: CallRecordStore, name: string, requestedAtMs: number): Promise<void> {
      await records.open(opening(name, { requestedAtMs, callingNumber: '+493012345678', callingName: 'Erika' }));
      await records.progress(id(name), {
        forwardedTo: '+441234567890',
        transferredTo: '110',
        participants: [
          { userId: userIdSchema.parse('bob'), displayName: 'Bob', callingName: 'Mother', answer: 'taken' },
        ],
      });
      await records.appendEvent(
        event(name, 'tried', { detail: { to: 'sip:+12025550100@gw', atMs: 1234567, more: { callingName: 'Erika' } } }),
      );
    }

    async function keepEnded(records: CallRecordStore, name: string, requestedAtMs: number): Promise<void> {
      await keep(records, name, requestedAtMs);
      await records.close(id(name), closing);
    }

    it('takes out who talked with whom, and leaves what counts', async () => {
      const records = await create();
      await keepEnded(records, '1', 999);
      const before = await records.get(id('1'));
      expect(await records.anonymise(1000, 10)).toBe(1);
      expect(await records.get(id('1'))).toEqual({
        ...before,
        ...{ callingNumber: '+4930xxxxxxxx', calledNumber: '+1202xxxxxxx', forwardedTo: '+4412xxxxxxxx' },
        ...{ transferredTo: '110', callingName: null, calledName: null, isAnonymous: true },
        participants: before?.participants.map((participant) => ({ ...participant, callingName: null })),
      });
      const [told] = await records.events(id('1'));
      expect(told?.detail).toEqual({ to: 'sip:+1202xxxxxxx@gw', atMs: 1234567, more: { callingName: null } });
      const search = { number: { is: '+12025550100' } };
      expect((await records.search(search, { limit: 10 })).records).toEqual([]);
    });

    it.each(['anonymise', 'forget'] as const)(
      'has `%s` begin before the time, with the oldest, so many',
      async (verb) => {
        const records = await create();
        for (const [name, atMs] of [
          ['c', 1000],
          ['b', 999],
          ['a', 998],
        ] as const)
          await keepEnded(records, name, atMs);
        const isDone = async (name: string) => {
          const record = await records.get(id(name));
          return record === undefined || record.callingName === null;
        };
        const done = () => Promise.all(['a', 'b', 'c'].map(isDone));
        expect(await records[verb](1000, 1)).toBe(1);
        expect(await done()).toEqual([true, false, false]);
        expect(await records[verb](1000, 10)).toBe(1);
        expect(await done()).toEqual([true, true, false]);
        expect(await records[verb](1000, 10)).toBe(0);
        expect(await done()).toEqual([true, true, false]);
      },
    );

    it('leaves calls alone that are up', async () => {
      const records = await create();
      await keep(records, '1', 1);
      expect(await records.anonymise(1000, 10)).toBe(0);
      expect(await records.forget(1000, 10)).toBe(0);
      expect((await records.get(id('1')))?.callingName).toBe('Erika');
      await records.close(id('1'), closing);
      expect(await records.anonymise(1000, 10)).toBe(1);
    });

    it('forgets events and histories with their call', async () => {
      const records = await create();
      await keepEnded(records, '1', 1);
      expect(await records.forget(1000, 10)).toBe(1);
      expect(await records.get(id('1'))).toBeUndefined();
      expect(await records.events(id('1'))).toEqual([]);
      expect(await records.pageByUser(userIdSchema.parse('bob'), { limit: 10 })).toEqual({
        records: [],
        nextCursor: null,
      });
    });
  });
}

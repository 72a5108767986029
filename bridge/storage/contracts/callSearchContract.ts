import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brandIdSchema, callIdSchema, gatewayIdSchema, userIdSchema } from '../../../shared/domain/index.ts';
import type { CallRecord, CallRecordStore, CallSearch } from '../ports/CallRecordStore.ts';
import { closing, opening } from './callRecordContract.ts';

const userIds = ['alice', 'bob'].map((text) => userIdSchema.parse(text));
const brandIds = ['default', 'other'].map((text) => brandIdSchema.parse(text));
const gatewayIds = ['first', 'second'].map((text) => gatewayIdSchema.parse(text));
const outcomes = ['answered', 'busy', 'noAnswer'] as const;
const numbers = ['+4930123', '+49301234', '+4940123', '+12025550100', '110'];

const anyCall = fc.record({
  requestedAtMs: fc.integer({ min: 1000, max: 1012 }),
  userId: fc.option(fc.constantFrom(...userIds)),
  rung: fc.option(fc.constantFrom(...userIds)),
  brandId: fc.constantFrom(...brandIds),
  gatewayId: fc.option(fc.constantFrom(...gatewayIds)),
  direction: fc.constantFrom('outgoing' as const, 'incoming' as const),
  callingNumber: fc.option(fc.constantFrom(...numbers)),
  calledNumber: fc.constantFrom(...numbers),
  outcome: fc.option(fc.constantFrom(...outcomes)),
});

const anySearch: fc.Arbitrary<CallSearch> = fc.record(
  {
    fromMs: fc.integer({ min: 999, max: 1013 }),
    untilMs: fc.integer({ min: 999, max: 1013 }),
    userId: fc.constantFrom(...userIds),
    brandId: fc.constantFrom(...brandIds),
    gatewayId: fc.constantFrom(...gatewayIds),
    direction: fc.constantFrom('outgoing' as const, 'incoming' as const),
    outcomes: fc.subarray([...outcomes]),
    number: fc.oneof(
      fc.record({ is: fc.constantFrom(...numbers) }),
      fc.record({ beginsWith: fc.constantFrom('', '+', '+49', '+49301', '1', '9') }),
      fc.record({ endsWith: fc.constantFrom('', '0', '123', '0123', '100', '9') }),
    ),
  },
  { requiredKeys: [] },
);

/** Searching as every `CallRecordStore` does it; `create` makes an empty one. */
export function describeCallSearch(name: string, create: () => Promise<CallRecordStore>): void {
  describe(`${name} as a place to search calls in`, () => {
    it('finds all that fits, newest first, page by page', async () => {
      const records = await create();
      let made = 0;
      const all: CallRecord[] = [];
      for (const call of fc.sample(anyCall, { numRuns: 60, seed: 4 })) {
        made += 1;
        all.push(await keep(records, String(made), call));
      }
      const newestFirst = all.toReversed().toSorted((a, b) => b.requestedAtMs - a.requestedAtMs);
      await fc.assert(
        fc.asyncProperty(anySearch, fc.integer({ min: 1, max: 7 }), async (search, limit) => {
          const expected = newestFirst.filter((record) => fits(record, search)).map(({ callId }) => callId);
          expect(await pages(records, search, limit)).toEqual(expected);
        }),
        { numRuns: 300 },
      );
    });

    it('tells each call as `get` does', async () => {
      const records = await create();
      const [call] = fc.sample(anyCall, { numRuns: 1, seed: 7 });
      if (call) await keep(records, '1', call);
      const { records: found } = await records.search({}, { limit: 10 });
      expect(found).toEqual([await records.get(callIdSchema.parse('1'))]);
    });

    it('takes what stands for anything in other languages of patterns as it is', async () => {
      const records = await create();
      await records.open(opening('1', { calledNumber: '100%' }));
      for (const number of [{ beginsWith: '1%' }, { endsWith: '_' }, { beginsWith: '1*' }, { is: '%' }])
        expect((await records.search({ number }, { limit: 10 })).records).toEqual([]);
      expect((await records.search({ number: { endsWith: '%' } }, { limit: 10 })).records).toHaveLength(1);
    });

    it('refuses a cursor that is none', async () => {
      const records = await create();
      await expect(records.search({}, { before: 'x', limit: 1 })).rejects.toMatchObject({ code: 'badCursor' });
    });
  });
}

type KeptCall = typeof anyCall extends fc.Arbitrary<infer Call> ? Call : never;

async function keep(records: CallRecordStore, name: string, call: KeptCall): Promise<CallRecord> {
  const { rung, gatewayId, outcome, ...facts } = call;
  const { callId } = opening(name);
  await records.open(opening(name, facts));
  if (gatewayId !== null) await records.progress(callId, { gatewayId });
  if (rung !== null) {
    const participants = [{ userId: rung, displayName: null, callingName: null, answer: null }];
    await records.progress(callId, { participants });
  }
  if (outcome !== null) await records.close(callId, { ...closing, outcome });
  const record = await records.get(callId);
  if (record === undefined) throw new Error('it was not kept');
  return record;
}

async function pages(records: CallRecordStore, search: CallSearch, limit: number): Promise<string[]> {
  const found: string[] = [];
  let before: string | null = null;
  do {
    const page = await records.search(search, { limit, ...(before !== null && { before }) });
    expect(page.records.length).toBeLessThanOrEqual(limit);
    found.push(...page.records.map(({ callId }) => callId));
    before = page.nextCursor;
  } while (before !== null);
  return found;
}

/** The same in plain words. */
function fits(record: CallRecord, search: CallSearch): boolean {
  const {
    fromMs = 0,
    untilMs = Number.POSITIVE_INFINITY,
    userId,
    brandId,
    gatewayId,
    direction,
    outcomes,
    number,
  } = search;
  const isNumber = (text: string | null): boolean => {
    if (text === null || number === undefined) return false;
    if ('is' in number) return text === number.is;
    return 'beginsWith' in number ? text.startsWith(number.beginsWith) : text.endsWith(number.endsWith);
  };
  const isOf = <T>(wanted: T | undefined, value: T) => wanted === undefined || wanted === value;
  return (
    record.requestedAtMs >= fromMs &&
    record.requestedAtMs < untilMs &&
    (userId === undefined || record.participants.some((person) => person.userId === userId)) &&
    isOf<string | null>(brandId, record.brandId) &&
    isOf<string | null>(gatewayId, record.gatewayId) &&
    isOf(direction, record.direction) &&
    (outcomes === undefined || (record.closing !== null && outcomes.some((one) => one === record.closing?.outcome))) &&
    (number === undefined || isNumber(record.calledNumber) || isNumber(record.callingNumber))
  );
}

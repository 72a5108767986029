import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type NumberEntry, numberDraftSchema, numberSchema, numberSeedSchema } from '../../../shared/admin/index.ts';
import { addAdminWords } from '../../app/translations/admin/addAdminWords.ts';
import { createTranslations } from '../../app/translations/createTranslations.ts';
import { draftOf } from '../sheet/EntitySheet.ts';
import { readSheet } from '../sheet/readSheet.ts';
import { writeSheetCsv, writeSheetJson } from '../sheet/writeSheet.ts';
import { type NumberFields, numberFieldsOf, numberInputOf } from './numberFields.ts';
import { numberSheet } from './numberSheet.ts';

const translations = createTranslations('en');
addAdminWords(translations);

const full = {
  name: 'Support',
  brandId: 'acme',
  isEnabled: false,
  destination: { kind: 'group', groupId: 'support', ring: 'inTurn', secondsEach: 20 },
  ringSeconds: 60,
  otherwise: {
    when: ['noAnswer', 'closed'],
    destination: { kind: 'telephone', number: '+4917012345', userName: 'alice' },
    ringSeconds: 45,
  },
  hours: { timeZone: 'UTC', windows: [{ days: ['mon'], from: '08:00', to: '18:00' }], exceptDates: ['2026-12-25'] },
};
const entryOf = (draft: object): NumberEntry => numberSchema.parse({ id: '+4930123', brandId: 'acme', ...draft });
const fresh = { ...numberFieldsOf(null, 'acme'), id: '+49 30 123', 'destination.userName': 'alice' };

describe('a number’s form', () => {
  it('saves everything as it was read', () => {
    const draft = numberInputOf(numberFieldsOf(entryOf(full), null), false);
    expect(numberDraftSchema.parse(draft)).toEqual(numberDraftSchema.parse(full));
  });

  it('makes of a new one what the schema makes of it', () => {
    const destination = { kind: 'user', userName: 'alice' };
    expect(numberSeedSchema.parse(numberInputOf(fresh, true))).toEqual(
      numberSeedSchema.parse({ id: '+4930123', brandId: 'acme', destination }),
    );
  });

  it.each<[Partial<NumberFields>, string]>([
    [{ id: 'abc' }, 'id'],
    [{ brandId: null }, 'brandId'],
    [{ 'destination.userName': '' }, 'destination.userName'],
    [{ 'destination.kind': 'group' }, 'destination.groupId'],
    [{ 'destination.kind': 'telephone', 'destination.number': '110' }, 'destination.number'],
    [{ ringSeconds: 4 }, 'ringSeconds'],
    [{ ringSeconds: 601 }, 'ringSeconds'],
    [{ hasOtherwise: true }, 'otherwise.destination.userName'],
    [{ hasOtherwise: true, 'otherwise.when': [], 'otherwise.destination.userName': 'bob' }, 'otherwise.when'],
  ])('has what is wrong with %j at its key', (values, path) => {
    const { error } = numberSeedSchema.safeParse(numberInputOf({ ...fresh, ...values }, true));
    expect(error?.issues[0]?.path.join('.')).toBe(path);
  });
});

describe('numbers as files', () => {
  const seconds = fc.integer({ min: 5, max: 600 });
  const userName = fc.constantFrom('alice', '=bob', 'c d', "'e");
  const destination = fc.oneof(
    fc.record({ kind: fc.constant('user'), userName }),
    fc.record({
      kind: fc.constant('group'),
      groupId: fc.constantFrom('sales', '7'),
      ring: fc.constantFrom('all', 'inTurn'),
      secondsEach: seconds,
    }),
    fc.record({ kind: fc.constant('telephone'), number: fc.constantFrom('+4917012345', '+1202'), userName }),
  );
  const entry = fc
    .record(
      {
        id: fc.constantFrom('+4930123', '100', '007', '+1'),
        name: fc.constantFrom('Support', '-x', 'a,b'),
        isEnabled: fc.boolean(),
        destination,
        ringSeconds: seconds,
        otherwise: fc.option(
          fc.record({ when: fc.constantFrom(['busy'], ['noAnswer', 'closed']), destination, ringSeconds: seconds }),
        ),
        hours: fc.option(fc.constant(full.hours)),
      },
      { requiredKeys: ['id', 'destination'] },
    )
    .map(entryOf);

  it.each([
    ['CSV', writeSheetCsv],
    ['JSON', writeSheetJson],
  ] as const)('come back from %s as they were, whatever was there', (_, write) => {
    const all = fc.uniqueArray(entry, { selector: (one) => one.id, maxLength: 4 });
    fc.assert(
      fc.property(all, all, (numbers, present) => {
        const text = write(numberSheet, numbers);
        const reading = readSheet({ sheet: numberSheet, text, present, t: translations.t });
        expect(reading).toMatchObject({ problems: [] });
        expect(reading).toHaveProperty(
          'items',
          numbers.map((one) => draftOf(numberSheet, one)),
        );
      }),
      { numRuns: 60 },
    );
  });
});

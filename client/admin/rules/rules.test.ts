import { describe, expect, it } from 'vitest';
import { ruleDraftSchema, ruleSchema } from '../../../shared/admin/index.ts';
import { addAdminWords } from '../../app/translations/admin/addAdminWords.ts';
import { createTranslations } from '../../app/translations/createTranslations.ts';
import { createDayNames, describeDays } from '../hours/describeWhen.ts';
import { barePrefix, describeDuration, listCountries } from '../words/index.ts';
import { createRuleTeller, type RuleNames } from './describeRule.ts';
import { applyMove, dropMove, stepMove } from './moveRule.ts';
import { newRuleFields, type RuleFields, ruleFieldsOf, ruleInputOf } from './ruleFields.ts';

const translations = createTranslations('en');
addAdminWords(translations);
const { t } = translations;
const names: RuleNames = {
  group: (id) => ({ sales: 'Sales', support: 'Support' })[id] ?? id,
  brand: (id) => ({ acme: 'Acme' })[id] ?? id,
  embedKey: (id) => ({ pk_1: '“Website”' })[id] ?? id,
};
const tell = createRuleTeller({ names, t, locale: 'en' });
const say = (draft: object) => tell(ruleDraftSchema.parse({ action: 'allow', ...draft }));

describe('a rule as a sentence', () => {
  it.each<[object, string]>([
    [{}, 'Allow everybody to call any ordinary number'],
    [{ action: 'deny' }, 'Do not let anybody call any number'],
    [
      {
        from: { groups: ['sales'] },
        to: { countries: ['DE', 'AT'] },
        when: {
          timeZone: 'Europe/Berlin',
          windows: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '08:00', to: '18:00' }],
        },
        limits: { callsAtOnce: 2 },
      },
      'Allow the group Sales to call Germany and Austria, Mon–Fri 08:00–18:00 (Europe/Berlin time), at most 2 calls at once',
    ],
    [
      { action: 'deny', from: { users: ['bob', 'ann'] }, to: { countries: ['FR', 'GB'] } },
      'Do not let bob or ann call France or United Kingdom',
    ],
    [
      { from: { users: ['a', 'b', 'c', 'd', 'e', 'f'], groups: ['sales', 'support'] }, to: { prefix: '+49' } },
      'Allow a, b, c, 3 more, and the groups Sales and Support to call numbers that begin with +49',
    ],
    [
      { from: { embedKeys: ['pk_1'] }, to: { prefix: ['+4930', '+4940'], countries: ['DE'] } },
      'Allow visitors by the embed key “Website” to call numbers in Germany that begin with +4930 or +4940',
    ],
    [
      { from: { anonymous: true }, to: { types: ['premiumRate', 'satellite'], countries: ['US'] } },
      'Allow visitors without an account to call premium-rate numbers and satellite telephones in United States',
    ],
    [
      { from: { anonymous: false }, to: { prefix: '+' } },
      'Allow everybody with an account to call any ordinary number',
    ],
    [
      { from: { brands: ['acme'], addresses: ['192.0.2.0/24'], origins: ['https://a.example', 'https://b.example'] } },
      'Allow everybody to call any ordinary number, under the brand Acme, from the address 192.0.2.0/24, on pages of https://a.example or https://b.example',
    ],
    [
      {
        limits: { callsAtOnce: 1, callsPerMinute: 5, minutesPerDay: 60, costPerDay: 12.5, maxDurationMs: 5_400_000 },
        sharedLimits: { callsAtOnce: 10 },
        callerNumbers: ['+4930123'],
      },
      'Allow everybody to call any ordinary number, at most 1 call at once, 5 calls a minute, 60 minutes of talking a day, a cost of 12.5 a day, and 1 hr 30 min for each call, all of them together at most 10 calls at once, showing the number +4930123',
    ],
    [
      {
        when: {
          timeZone: 'America/New_York',
          windows: [{ days: ['fri'], from: '22:00', to: '06:00' }, { days: ['sat', 'sun'] }],
          exceptDates: ['2026-12-25'],
        },
      },
      'Allow everybody to call any ordinary number, Fri 22:00–06:00 the next day and Sat, Sun all day (America/New York time), except on Dec 25, 2026',
    ],
    [
      {
        when: {
          windows: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] }],
          exceptDates: ['2026-12-25', '2026-12-26'],
        },
      },
      'Allow everybody to call any ordinary number, every day all day (UTC time), except on 2 dates',
    ],
  ])('%j', (draft, sentence) => {
    expect(say(draft)).toBe(sentence);
  });

  it.each([
    [['mon'], 'Mon'],
    [['tue', 'mon'], 'Mon, Tue'],
    [['mon', 'tue', 'wed', 'sat', 'sun'], 'Mon–Wed, Sat, Sun'],
    [['mon', 'wed', 'thu', 'fri', 'sun'], 'Mon, Wed–Fri, Sun'],
  ] as const)('tells the days %j as %s', (days, text) => {
    expect(describeDays(days, t, createDayNames('en'))).toBe(text);
  });

  it.each([
    [0, '0 sec'],
    [1000, '1 sec'],
    [90_000, '1 min 30 sec'],
    [3_600_000, '1 hr'],
  ])('tells %i ms as %s', (ms, text) => {
    expect(describeDuration(ms, 'en')).toBe(text);
  });
});

describe('the form of a rule', () => {
  const full = ruleSchema.parse({
    id: 'r1',
    name: 'All of it',
    isEnabled: false,
    order: 7,
    action: 'allow',
    from: {
      users: ['ann'],
      groups: ['sales'],
      embedKeys: ['pk_1'],
      anonymous: false,
      brands: ['acme'],
      addresses: ['192.0.2.1', '2001:db8::/32'],
      origins: ['https://*.example.com'],
    },
    to: { prefix: ['+1', '+49'], countries: ['DE'], types: ['mobile'] },
    when: {
      timeZone: 'Europe/Berlin',
      windows: [{ days: ['mon'], from: '08:30', to: '24:00' }],
      exceptDates: ['2026-12-25'],
    },
    limits: { callsAtOnce: 1, callsPerMinute: 2, minutesPerDay: 3.5, costPerDay: 0.000001, maxDurationMs: 61_001 },
    sharedLimits: { callsAtOnce: 0 },
    callerNumbers: ['+4930123'],
  });
  const drafted = (fields: RuleFields) => ruleDraftSchema.safeParse(ruleInputOf(fields));
  const fresh = newRuleFields();

  it('gives the rule back as it was', () => {
    const { id: _, revision: __, updatedAtMs: ___, ...draft } = full;
    expect(drafted(ruleFieldsOf(full)).data).toEqual(draft);
  });

  it('gives back a rule that says as little as possible', () => {
    const { id: _, revision: __, updatedAtMs: ___, ...draft } = ruleSchema.parse({ id: 'r', order: 7, action: 'deny' });
    expect(drafted(ruleFieldsOf(ruleSchema.parse({ id: 'r', order: 7, action: 'deny' }))).data).toEqual(draft);
  });

  it('reads one prefix as a list of one', () => {
    const rule = ruleSchema.parse({ id: 'r', action: 'deny', to: { prefix: '+1' } });
    expect(ruleFieldsOf(rule)['to.prefix']).toEqual(['+1']);
  });

  it('drops limits and caller IDs of a rule that denies, which may have none', () => {
    const fields = { ...ruleFieldsOf(full), action: 'deny' } as const;
    expect(drafted(fields)).toMatchObject({ success: true });
    expect(ruleInputOf(fields)).not.toHaveProperty('limits');
  });

  it.each<[Partial<RuleFields>, string]>([
    [{ 'from.addresses': ['10.0.0.300'] }, 'from.addresses.0'],
    [{ 'to.prefix': ['+1', '49'] }, 'to.prefix.1'],
    [{ hasHours: true, 'when.timeZone': 'Mars' }, 'when.timeZone'],
    [{ hasHours: true, 'when.windows': [{ key: 1, days: [], from: '08:00', to: '9' }] }, 'when.windows.0.days'],
    [{ hasHours: true, 'when.windows': [] }, 'when.windows'],
    [{ 'limits.callsAtOnce': 1.5 }, 'limits.callsAtOnce'],
    [{ 'limits.maxDurationMs': 0 }, 'limits.maxDurationMs'],
    [{ 'sharedLimits.costPerDay': -1 }, 'sharedLimits.costPerDay'],
  ])('has what is wrong with %j at its key', (values, path) => {
    expect(drafted({ ...fresh, ...values }).error?.issues[0]?.path.join('.')).toBe(path);
  });

  it('has the longest call in minutes', () => {
    expect(drafted({ ...fresh, 'limits.maxDurationMs': 0.5 }).data?.limits).toEqual({ maxDurationMs: 30_000 });
    expect(ruleFieldsOf(full)['limits.maxDurationMs']).toBeCloseTo(1.01668, 4);
  });

  it('goes before the first or behind the last rule when it is new', () => {
    const bounds = { first: -3, last: 40 };
    expect(ruleInputOf(fresh, bounds).order).toBe(41);
    expect(ruleInputOf({ ...fresh, place: 'first' }, bounds).order).toBe(-4);
    expect(ruleInputOf(ruleFieldsOf(full), bounds).order).toBe(7);
  });

  it('begins under the brand of a brand manager', () => {
    expect(drafted(newRuleFields('acme')).data?.from).toEqual({ brands: ['acme'] });
  });
});

describe('moving a rule', () => {
  const items = ['a', 'b', 'c', 'd'].map((id) => ({ id }));
  const ids = items.map(({ id }) => id);
  const orderAfter = (move: { id: string; before: string | null } | null) =>
    move === null
      ? null
      : applyMove(items, move)
          .map(({ id }) => id)
          .join('');

  it.each([
    ['a', 'up', null],
    ['b', 'up', 'bacd'],
    ['a', 'down', 'bacd'],
    ['c', 'down', 'abdc'],
    ['d', 'down', null],
    ['d', 'top', 'dabc'],
    ['a', 'top', null],
    ['a', 'bottom', 'bcda'],
    ['d', 'bottom', null],
  ] as const)('moves %s %s: %s', (id, step, order) => {
    expect(orderAfter(stepMove(ids, id, step))).toBe(order);
  });

  it.each([
    ['a', 'c', 'before', 'bacd'],
    ['a', 'c', 'after', 'bcad'],
    ['a', 'd', 'after', 'bcda'],
    ['d', 'a', 'before', 'dabc'],
    ['b', 'a', 'after', 'abcd'],
    ['b', 'b', 'before', 'abcd'],
    ['b', 'c', 'before', 'abcd'],
  ] as const)('drops %s %s %s: %s', (id, target, position, order) => {
    expect(orderAfter(dropMove(ids, id, { id: target, position }))).toBe(order);
  });

  it('gives the same list back where nothing moves', () => {
    expect(applyMove(items, { id: 'b', before: 'c' })).toBe(items);
    expect(applyMove(items, { id: 'b', before: 'b' })).toBe(items);
    expect(applyMove(items, { id: 'd', before: null })).toBe(items);
    expect(applyMove(items, { id: 'x', before: null })).toBe(items);
    expect(applyMove(items, { id: 'a', before: 'x' })).toBe(items);
  });
});

it('lists the countries by name', () => {
  const countries = listCountries('en');
  expect(countries.length).toBeGreaterThan(200);
  expect(countries[0]?.name).toBe('Afghanistan');
  expect(countries.find(({ id }) => id === 'DE')?.name).toBe('Germany');
});

it.each([
  ['49', '+49'],
  ['0049 30', '+4930'],
  ['+1 (202)', '+1202'],
  ['+', '+'],
  ['premium', 'premium'],
])('takes %j as the prefix %j', (text, prefix) => {
  expect(barePrefix(text)).toBe(prefix);
});

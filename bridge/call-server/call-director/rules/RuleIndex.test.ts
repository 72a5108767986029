import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Rule, ruleSchema } from '../../../../shared/admin/index.ts';
import { ZoneClocks } from '../../../calendar/index.ts';
import { parseDestination } from '../numbers/parseDestination.ts';
import { readAddress } from './AddressRanges.ts';
import { compileRules } from './CompiledRule.ts';
import { judgeByRules } from './judgeByRules.ts';
import { missOf, type RuleQuery } from './missOf.ts';
import { RuleIndex } from './RuleIndex.ts';

const clocks = new ZoneClocks();
const some = <T>(...values: readonly T[]) => fc.subarray([...values], { minLength: 1 });
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });
const present = (fields: object) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
const filled = <T extends Record<string, fc.Arbitrary<unknown>>>(shape: T) =>
  fc.record(Object.fromEntries(Object.entries(shape).map(([key, value]) => [key, optional(value)]))).map(present);

const from = filled({
  users: some('alice', 'Bob', 'carol'),
  groups: some('sales', 'support'),
  embedKeys: some('pk_1', 'pk_2'),
  anonymous: fc.boolean(),
  brands: some('b1', 'b2'),
  addresses: some('192.0.2.0/24', '2001:db8::/32', '203.0.113.9'),
  origins: some('https://shop.example', 'https://*.shop.example'),
});
const to = filled({
  prefix: fc.oneof(fc.constantFrom('+', '+1', '+49'), some('+1900', '+1202', '+4930', '+8816', '+12025550123')),
  countries: some('US', 'DE', 'JM'),
  types: some('premiumRate', 'satellite', 'fixedLine', 'fixedLineOrMobile', 'unknown'),
});
const when = fc.record({
  windows: fc.array(fc.record({ days: some('thu', 'fri'), from: fc.constantFrom('00:00', '09:00') }), {
    minLength: 1,
    maxLength: 2,
  }),
});
const rules = fc
  .array(
    fc.record({
      isEnabled: fc.boolean(),
      order: fc.integer({ min: 0, max: 5 }),
      action: fc.constantFrom('allow', 'deny'),
      from: optional(from),
      to: optional(to),
      when: optional(when),
    }),
    { maxLength: 40 },
  )
  .map((drafts) => drafts.map((draft, index) => ruleSchema.parse({ ...present(draft), id: `rule-${index}` })));

const named = fc.record({
  userName: fc.constantFrom('alice', 'bob', 'dave'),
  groups: fc.subarray(['sales', 'support', 'other']),
  embedKeyId: fc.constant(null),
});
const visiting = fc.record({
  userName: fc.constant(null),
  groups: fc.constant([]),
  embedKeyId: fc.constantFrom('pk_1', 'pk_3'),
});
const query: fc.Arbitrary<RuleQuery> = fc.record({
  caller: fc.oneof(named, visiting),
  brandId: fc.constantFrom('b1', 'b3'),
  address: fc.constantFrom('192.0.2.7', '2001:db8::1', '203.0.113.9').map(readAddress),
  origin: fc.constantFrom(null, 'https://shop.example', 'https://a.shop.example'),
  called: fc
    .constantFrom('+12025550123', '+19005550123', '+4930123456', '+881612345678', '+15550100001', '+18765550123')
    .map((number) => parseDestination(number, 'US')),
  atMs: fc.constantFrom('2026-07-09T08:59:59Z', '2026-07-09T09:00:00Z', '2026-07-11T00:00:00Z').map(Date.parse),
});

function compile(written: readonly Rule[]) {
  const ordered = compileRules(written, clocks);
  return { ordered, index: new RuleIndex(ordered) };
}

describe('RuleIndex', () => {
  it('decides as going through all rules does, whatever the rules and the call', { timeout: 30_000 }, () => {
    let matches = 0;
    fc.assert(
      fc.property(rules, query, (written, asked) => {
        const { ordered, index } = compile(written);
        const verdict = judgeByRules(ordered, asked);
        if (verdict.matched) matches += 1;
        expect(judgeByRules(index.candidates(asked), asked)).toEqual(verdict);
      }),
      { numRuns: 1000 },
    );
    // Else the rules above would be too narrow to show anything.
    expect(matches).toBeGreaterThan(150);
  });

  it('gives each rule that matches, once and in order', { timeout: 30_000 }, () => {
    fc.assert(
      fc.property(rules, query, (written, asked) => {
        const { ordered, index } = compile(written);
        const candidates = index.candidates(asked);
        const matching = ordered.filter((compiled) => missOf(compiled, asked) === null);
        expect(candidates.filter((compiled) => missOf(compiled, asked) === null)).toEqual(matching);
      }),
      { numRuns: 500 },
    );
  });

  it('looks only at rules that have to do with the caller and the number', () => {
    const written = Array.from({ length: 1000 }, (_, index) =>
      ruleSchema.parse({
        id: `rule-${index}`,
        action: 'allow',
        from: { users: [`user-${index % 100}`] },
        to: { prefix: `+${index % 10}` },
      }),
    );
    const [asked] = fc.sample(query, 1);
    if (!asked) throw new Error('one was sampled');
    const caller = { userName: 'user-1', groups: [], embedKeyId: null };
    const { index } = compile(written);
    expect(index.candidates({ ...asked, caller, called: parseDestination('+12025550123', 'US') })).toHaveLength(10);
  });

  it('finds a rule that names very many callers and destinations', () => {
    const users = Array.from({ length: 500 }, (_, index) => `user-${index}`);
    const prefix = Array.from({ length: 500 }, (_, index) => `+1202555${1000 + index}`);
    const { index } = compile([ruleSchema.parse({ id: 'wide', action: 'allow', from: { users }, to: { prefix } })]);
    const [asked] = fc.sample(query, 1);
    if (!asked) throw new Error('one was sampled');
    const caller = { userName: 'user-499', groups: [], embedKeyId: null };
    const called = parseDestination('+12025551499', 'US');
    expect(judgeByRules(index.candidates({ ...asked, caller, called }), { ...asked, caller, called }).matched?.id).toBe(
      'wide',
    );
  });
});

import { describe, expect, it } from 'vitest';
import { brandDraftSchema, explainRequestSchema, ruleDraftSchema } from '../admin/index.ts';
import { describeIssues, invalidSetting } from './index.ts';

/** What is wrong with `written`, as `key: expected`. */
function problemsOf(
  schema: typeof ruleDraftSchema | typeof brandDraftSchema | typeof explainRequestSchema,
  written: unknown,
) {
  const parsed = schema.safeParse(written);
  return parsed.success ? [] : describeIssues(parsed.error.issues).map(({ key, expected }) => `${key}: ${expected}`);
}

describe('what is told of a bad setting', () => {
  it.each<[unknown, string[]]>([
    [{ action: 'permit' }, ['action: expected "allow" or "deny"']],
    [{ action: 'allow', colour: 'red' }, ['colour: expected no such key']],
    [{ action: 'allow', to: { prefix: ['+1', '49'] } }, ['to.prefix.1: expected a + and up to 15 digits']],
    [{ action: 'allow', to: { prefix: 49 } }, ['to.prefix: expected a text or a list']],
    [
      { action: 'allow', from: { addresses: ['192.0.2.1', '1.2.3'] } },
      ['from.addresses.1: expected an IP address or a range such as 192.0.2.0/24 or 2001:db8::/32'],
    ],
    [
      { action: 'allow', when: { windows: [{ days: ['mon'], from: '8:00' }], exceptDates: ['25.12.2026'] } },
      [
        'when.windows.0.from: expected a time of day such as 08:30, or 24:00 for the end of the day',
        'when.exceptDates.0: expected a date such as 2026-12-25',
      ],
    ],
    [{ action: 'allow', limits: { callsAtOnce: -1 } }, ['limits.callsAtOnce: expected at least 0']],
    [undefined, [': expected an object']],
  ])('names each place of the rule %j', (written, problems) => {
    expect(problemsOf(ruleDraftSchema, written)).toEqual(problems);
  });

  it('tells what may stand where the kind decides about the rest', () => {
    expect(problemsOf(explainRequestSchema, { caller: { kind: 'ghost' }, destination: '1', address: 'here' })).toEqual([
      'caller.kind: expected "user" or "visitor" or "hostUser"',
      'address: expected an IPv4 address or an IPv6 address',
    ]);
    expect(problemsOf(brandDraftSchema, { name: 'x', emergency: { mode: 'route', gatewayIds: [] } })).toEqual([
      'emergency.gatewayIds: expected at least 1 entry',
    ]);
  });

  it('names the first problem in the details, and all where there are several', () => {
    const one = invalidSetting([{ key: 'name', expected: 'expected a text' }]);
    expect(one.message).toBe('name: expected a text.');
    expect(one.details).toEqual({ key: 'name', expected: 'expected a text' });
    const two = invalidSetting([
      { key: 'name', expected: 'expected a text' },
      { key: 'order', expected: 'expected a number' },
    ]);
    expect(two.details).toEqual({
      key: 'name',
      expected: 'expected a text',
      problems: 'name: expected a text\norder: expected a number',
    });
  });
});

import { describe, expect, it } from 'vitest';
import { explainRequestSchema } from '../../../shared/admin/index.ts';
import { type CallQuestion, emptyQuestion, explainInputOf, toLocalTime } from './callQuestion.ts';
import { compareExplanations } from './compareExplanations.ts';
import { foldRules } from './foldRules.ts';
import { allowed, refused } from './testing/explanations.ts';

describe('what is asked', () => {
  const question: CallQuestion = { ...emptyQuestion, userName: ' alice ', destination: ' 112 ' };

  it.each<[Partial<CallQuestion>, object]>([
    [{}, { caller: { kind: 'user', userName: 'alice' }, destination: '112', address: '127.0.0.1', origin: null }],
    [{ userBrandId: 'acme' }, { brandId: 'acme' }],
    [{ kind: 'visitor', embedKeyId: 'pk_1', userBrandId: 'acme' }, { caller: { kind: 'visitor', embedKeyId: 'pk_1' } }],
    [
      { kind: 'hostUser', hostUserName: 'x', hostBrandId: 'acme', groups: ['sales'] },
      { caller: { kind: 'hostUser', userName: 'x', brandId: 'acme', groups: ['sales'] } },
    ],
    [
      { address: '2001:db8::1', origin: ' https://a.example ', callerNumber: '+1' },
      { address: '2001:db8::1', origin: 'https://a.example', callerNumber: '+1' },
    ],
    [{ isNow: false, at: '2026-06-01T12:30' }, { atMs: new Date(2026, 5, 1, 12, 30).getTime() }],
  ])('with %j is %j', (values, request) => {
    expect(explainRequestSchema.parse(explainInputOf({ ...question, ...values }))).toMatchObject(request);
  });

  it('is not in the way of a moment that was never chosen', () => {
    expect(
      explainRequestSchema.safeParse(explainInputOf({ ...question, isNow: false })).error?.issues[0]?.path,
    ).toEqual(['atMs']);
  });

  it('writes a moment as the field wants it', () => {
    expect(toLocalTime(new Date(2026, 0, 2, 3, 4, 59).getTime())).toBe('2026-01-02T03:04');
  });
});

describe('folding rules', () => {
  const [miss, , match] = allowed.rules;
  if (!miss || !match) throw new Error('the fixture lacks rules');
  const draft = { ...miss, isDraft: true };

  it('puts misses in a row together, and neither a match nor a rule that is tried', () => {
    expect(
      foldRules([miss, miss, draft, miss, match]).map((one) => (one.kind === 'one' ? 1 : one.rules.length * 10)),
    ).toEqual([20, 1, 10, 1]);
    expect(foldRules([])).toEqual([]);
  });
});

describe('comparing before and after', () => {
  it.each([
    [refused, allowed, 'opens'],
    [allowed, refused, 'closes'],
    [allowed, allowed, 'same'],
    [allowed, { ...allowed, matchedRuleId: refused.matchedRuleId }, 'otherReason'],
    [refused, { ...refused, error: { code: 'ruleDenies', message: 'x' } as const }, 'otherReason'],
    [allowed, { ...allowed, maxDurationMs: 1 }, 'otherTerms'],
    [allowed, { ...allowed, limits: [] }, 'otherTerms'],
    [allowed, { ...allowed, limits: allowed.limits.map((use) => ({ ...use, used: 9 })) }, 'same'],
  ])('case %#', (now, then, difference) => {
    expect(compareExplanations(now, then)).toBe(difference);
  });
});

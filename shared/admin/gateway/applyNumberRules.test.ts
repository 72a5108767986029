import { describe, expect, it } from 'vitest';
import { applyNumberRules } from './applyNumberRules.ts';
import { type NumberRule, numberRuleSchema } from './numberRule.ts';

const rules = (...written: Partial<NumberRule>[]) => written.map((rule) => numberRuleSchema.parse(rule));

describe('applyNumberRules', () => {
  it.each([
    ['leaves a number as it is without rules', '+4930123', [], '+4930123'],
    ['leaves a number as it is that no rule matches', '+33123', [{ match: '+49', strip: 3, add: '0' }], '+33123'],
    ['takes the plus away', '+4930123', [{ match: '+', strip: 1 }], '4930123'],
    ['writes national numbers', '+4930123', [{ match: '+49', strip: 3, add: '0' }], '030123'],
    ['puts a prefix before every number', '112', [{ add: '9' }], '9112'],
    ['takes more away than there is', '+49', [{ match: '+49', strip: 20, add: '0' }], '0'],
    ['passes over a rule that leaves nothing', '+49', [{ match: '+49', strip: 3 }], '+49'],
    ['passes over a rule that leaves a plus alone', '+49', [{ match: '+49', strip: 3, add: '+' }], '+49'],
  ] as const)('%s', (_title, number, written, expected) => {
    expect(applyNumberRules(number, rules(...written))).toBe(expected);
  });

  it('takes the rule with the longest match, wherever it stands, and the first of equals', () => {
    const both = [
      { match: '+', strip: 1, add: '00' },
      { match: '+49', strip: 3, add: '0' },
    ];
    for (const order of [both, both.toReversed()]) {
      expect(applyNumberRules('+4930123', rules(...order))).toBe('030123');
      expect(applyNumberRules('+33123', rules(...order))).toBe('0033123');
    }
    expect(applyNumberRules('+1', rules({ match: '+', add: '7' }, { match: '+', add: '8' }))).toBe('7+1');
  });
});

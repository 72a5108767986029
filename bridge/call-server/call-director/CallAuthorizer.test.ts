import { beforeEach, describe, expect, it } from 'vitest';
import { type Rule, ruleSchema } from '../../../shared/admin/index.ts';
import { FakeClock } from '../../observability/FakeClock.ts';
import { RecordingLogger } from '../../observability/RecordingLogger.ts';
import { callClient } from '../testing/callClient.ts';
import { CallAuthorizer } from './CallAuthorizer.ts';
import { matchRule, orderRules } from './matchRule.ts';
import { RuleBook } from './RuleBook.ts';

function rule(fields: object): Rule {
  return ruleSchema.parse(fields);
}

const alice = callClient('alice');

describe('matchRule', () => {
  const ordered = orderRules([
    rule({ id: 'a-all', order: 9, action: 'allow', to: { prefix: '+' } }),
    rule({ id: 'c-premium', order: 1, action: 'deny', to: { prefix: ['+1900', '+44909'] } }),
    rule({ id: 'b-bob', order: 1, action: 'allow', from: { users: ['BOB'] }, to: { prefix: '+1900' } }),
  ]);

  it.each([
    ['alice', '+19005550123', 'c-premium'],
    ['alice', '+449095550123', 'c-premium'],
    ['bob', '+19005550123', 'b-bob'],
    ['bob', '+449095550123', 'c-premium'],
    ['alice', '+12025550123', 'a-all'],
  ])('lets the first rule decide for %s to %s: %s', (userName, e164, id) =>
    expect(matchRule(ordered, { userName, e164 })?.id).toBe(id),
  );

  it('matches nothing without rules', () =>
    expect(matchRule([], { userName: 'alice', e164: '+12025550123' })).toBeUndefined());

  it('takes a rule without from and to as one for everybody and everywhere', () =>
    expect(matchRule(orderRules([rule({ id: 'any', action: 'deny' })]), { userName: 'x', e164: '+1' })?.id).toBe(
      'any',
    ));
});

describe('CallAuthorizer', () => {
  let stored: Rule[];
  let isStoreDown: boolean;
  const clock = new FakeClock();
  const logger = new RecordingLogger();
  const rules = {
    list: async () => {
      if (isStoreDown) throw new Error('store is down');
      return stored;
    },
  };

  beforeEach(() => {
    stored = [];
    isStoreDown = false;
    logger.lines.length = 0;
  });

  it('denies by default, naming the number in plain language', async () => {
    const ruleBook = await RuleBook.create({ rules, clock, logger });
    const authorizer = new CallAuthorizer({ ruleBook });
    await expect(authorizer.authorize({ client: alice, destination: '(202) 555-0123' })).rejects.toThrow(
      expect.objectContaining({ code: 'noRuleAllows', message: expect.stringContaining('+1 202 555 0123') }),
    );
    ruleBook.close();
  });

  it('allows with the number in E.164 and the rule that did, and refuses by a rule that denies', async () => {
    stored = [
      rule({ id: 'no-900', order: 0, action: 'deny', to: { prefix: '+1900' } }),
      rule({ id: 'us', order: 1, action: 'allow', from: { users: ['alice'] }, to: { prefix: '+1' } }),
    ];
    const ruleBook = await RuleBook.create({ rules, clock, logger });
    const authorizer = new CallAuthorizer({ ruleBook });
    expect(await authorizer.authorize({ client: alice, destination: '(202) 555-0123' })).toMatchObject({
      calledNumber: '+12025550123',
      matchedRule: { id: 'us' },
      called: { country: 'US' },
    });
    await expect(authorizer.authorize({ client: alice, destination: '900 555 0123' })).rejects.toThrow(
      expect.objectContaining({ code: 'ruleDenies' }),
    );
    await expect(authorizer.authorize({ client: alice, destination: '+442079460958' })).rejects.toThrow(
      expect.objectContaining({ code: 'noRuleAllows' }),
    );
    ruleBook.close();
  });

  it('follows changes of the store, at once on reload and else at the interval', async () => {
    const ruleBook = await RuleBook.create({ rules, clock, logger, reloadIntervalMs: 500 });
    const authorizer = new CallAuthorizer({ ruleBook });
    const dial = () => authorizer.authorize({ client: alice, destination: '+12025550123' });
    stored = [rule({ id: 'us', action: 'allow' })];
    await expect(dial()).rejects.toThrow();
    await clock.advanceAsync(500);
    expect((await dial()).matchedRule?.id).toBe('us');
    stored = [];
    await ruleBook.reload();
    await expect(dial()).rejects.toThrow();
    ruleBook.close();
  });

  it('keeps the last known rules while the store is down, warns once, and reads again afterwards', async () => {
    stored = [rule({ id: 'us', action: 'allow' })];
    const ruleBook = await RuleBook.create({ rules, clock, logger, reloadIntervalMs: 500 });
    isStoreDown = true;
    await clock.advanceAsync(2000);
    expect(ruleBook.ordered).toHaveLength(1);
    expect(logger.lines.map((line) => line.level)).toEqual(['warn']);
    isStoreDown = false;
    stored = [];
    await clock.advanceAsync(500);
    expect(ruleBook.ordered).toHaveLength(0);
    ruleBook.close();
  });

  it('leaves no timer behind', async () => {
    const ownClock = new FakeClock();
    const ruleBook = await RuleBook.create({ rules, clock: ownClock, logger });
    expect(ownClock.pendingTimers).toBe(1);
    ruleBook.close();
    ruleBook.close();
    await ownClock.advanceAsync(5000);
    expect(ownClock.pendingTimers).toBe(0);
  });
});

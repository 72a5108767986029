import { describe, expect, it } from 'vitest';
import { rateSchema } from '../../../shared/admin/index.ts';
import type { GroupId } from '../../../shared/domain/index.ts';
import { FakeClock } from '../../observability/FakeClock.ts';
import { alice, decide, embedKey, hostUser, noon, refusal, rule, visitor, washington } from './testing/decide.ts';

describe('CallAuthorizer', () => {
  describe('by rules', () => {
    it('denies by default, naming the number in plain language', async () => {
      expect(await refusal({})).toMatchObject({
        code: 'noRuleAllows',
        message: expect.stringContaining('+1 202 555 0123'),
      });
    });

    it('allows with the number in E.164 and the rule that did', async () => {
      expect(
        await decide({ rules: [rule({ id: 'us', to: { prefix: '+1' } })] }, { destination: '(202) 555-0123' }),
      ).toMatchObject({
        calledNumber: washington,
        called: { country: 'US', type: 'fixedLineOrMobile' },
        matchedRule: { id: 'us' },
        isEmergency: false,
        gatewayIds: null,
        callerNumber: null,
        maxDurationMs: null,
        claims: [],
        price: null,
      });
    });

    it('lets the first rule decide', async () => {
      const rules = [rule({ id: 'no', action: 'deny', to: { prefix: '+1202' } }), rule({ id: 'yes', order: 1 })];
      expect(await refusal({ rules })).toMatchObject({ code: 'ruleDenies' });
      expect(await decide({ rules }, { destination: '+1 301 555 0123' })).toMatchObject({ matchedRule: { id: 'yes' } });
      expect(await decide({ rules: [{ ...rule({ id: 'first', order: -1 }) }, ...rules] })).toMatchObject({
        matchedRule: { id: 'first' },
      });
    });

    it('says that a special number is blocked only where nothing else kept a rule from allowing it', async () => {
      const premium = { destination: '+19005550123' };
      expect(await refusal({ rules: [rule({ to: { prefix: '+1' } })] }, premium)).toMatchObject({
        code: 'highRiskNumber',
      });
      expect(await refusal({ rules: [rule({ to: { prefix: '+49' } })] }, premium)).toMatchObject({
        code: 'noRuleAllows',
      });
      const night = { windows: [{ days: ['mon'] }] };
      expect(await refusal({ rules: [rule({ when: night })] }, premium)).toMatchObject({ code: 'noRuleAllows' });
      const named = [rule({ to: { types: ['premiumRate'] } })];
      expect(await decide({ rules: named }, premium)).toMatchObject({ called: { type: 'premiumRate' } });
    });

    it('says when a retry can help where only the time kept rules from allowing the call', async () => {
      const when = (from: string) => ({ timeZone: 'Europe/Berlin', windows: [{ days: ['thu'], from, to: '20:00' }] });
      const clock = new FakeClock(noon);
      const rules = [rule({ id: 'a', when: when('18:00') }), rule({ id: 'b', when: when('16:30') })];
      expect(await refusal({ clock, rules })).toMatchObject({ code: 'outsideHours', retryAfterMs: 4.5 * 3_600_000 });
      clock.advance(4.5 * 3_600_000 - 1);
      expect(await refusal({ clock, rules })).toMatchObject({ code: 'outsideHours', retryAfterMs: 1 });
      clock.advance(1);
      expect(await decide({ clock, rules })).toMatchObject({ matchedRule: { id: 'b' } });
      expect(await refusal({ clock, rules: [rule({ when: when('16:30'), to: { prefix: '+49' } })] })).toMatchObject({
        code: 'noRuleAllows',
      });
    });

    it('knows groups of accounts, and of host applications by their tokens', async () => {
      const rules = [rule({ from: { groups: ['sales'] } })];
      const sales = ['sales' as GroupId];
      expect(await decide({ rules, users: [{ id: alice.user.id, groups: sales }] })).toMatchObject({
        matchedRule: { id: 'r' },
      });
      expect(await refusal({ rules })).toMatchObject({ code: 'noRuleAllows' });
      const client = hostUser('dora', { groups: sales });
      expect(await decide({ rules }, { client })).toMatchObject({ matchedRule: { id: 'r' } });
    });
  });

  it('refuses an account that is switched off, before anything else', async () => {
    const users = [{ id: alice.user.id, isEnabled: false }];
    const request = { destination: 'no number' };
    expect(await refusal({ rules: [rule({})], users }, request)).toMatchObject({ code: 'accountDisabled' });
  });

  it('refuses an account that was deleted', async () => {
    expect(await refusal({ rules: [rule({})], isEverybodyKnown: false })).toMatchObject({ code: 'accountDisabled' });
  });

  describe('for a host application’s user', () => {
    const rules = [rule({ to: { prefix: '+1' } })];

    it('reaches no further than the token grants, and no further than rules', async () => {
      const client = hostUser('dora', { destinations: ['+1202', '+49'] });
      expect(await decide({ rules }, { client })).toMatchObject({ matchedRule: { id: 'r' } });
      expect(await refusal({ rules }, { client, destination: '+13015550123' })).toMatchObject({
        code: 'destinationNotAllowed',
      });
      expect(await refusal({ rules }, { client, destination: '+4930123456' })).toMatchObject({ code: 'noRuleAllows' });
    });
  });

  describe('caller IDs', () => {
    const rules = (callerNumbers?: string[]) => [rule(callerNumbers ? { callerNumbers } : {})];
    const brand = { callerNumbers: ['+3', '+33'] };
    const users = [{ id: alice.user.id, callerNumbers: ['+2', '+22'] }];
    const shown = async (...asked: Parameters<typeof decide>) => (await decide(...asked)).callerNumber;

    it('are the rule’s, else the user’s, else the brand’s, else the gateway’s own; the first is the usual one', async () => {
      expect(await shown({ rules: rules(['+1', '+11']), users, brand })).toBe('+1');
      expect(await shown({ rules: rules(), users, brand })).toBe('+2');
      expect(await shown({ rules: rules(), brand })).toBe('+3');
      expect(await shown({ rules: rules() })).toBeNull();
    });

    it('are a token’s for a host application’s user', async () => {
      const client = hostUser('dora', { callerNumbers: ['+4'] });
      expect(await shown({ rules: rules(), brand }, { client })).toBe('+4');
      expect(await shown({ rules: rules(['+1']), brand }, { client })).toBe('+1');
    });

    it('are an embed key’s own before any other', async () => {
      const embedKeys = [embedKey({ callerNumber: '+5' })];
      expect(await shown({ embedKeys, brand, rules: rules(['+1']) }, { client: visitor })).toBe('+5');
      expect(await shown({ embedKeys: [embedKey()], brand }, { client: visitor })).toBe('+3');
    });

    it('may be chosen among those, and no others', async () => {
      const known = { rules: rules(['+1', '+11']), users, brand };
      expect(await shown(known, { callerNumber: '+11' })).toBe('+11');
      for (const callerNumber of ['+2', '+3', '11', '+1 ', ''])
        expect(await refusal(known, { callerNumber })).toMatchObject({
          code: 'callerNumberNotAllowed',
          details: { number: callerNumber },
        });
      expect(await refusal({ rules: rules() }, { callerNumber: '+1' })).toMatchObject({
        code: 'callerNumberNotAllowed',
      });
    });
  });

  describe('limits', () => {
    const limits = { callsAtOnce: 2, callsPerMinute: 0, minutesPerDay: 1.5, costPerDay: 0.1, maxDurationMs: 90_000 };
    const rates = [rateSchema.parse({ id: '+1', pricePerMinute: 0.02, connectionFee: 0.01 })];

    it('are claimed for each caller and then for all, in the units of usage, for the day of the brand', async () => {
      const rules = [rule({ limits, sharedLimits: { callsAtOnce: 9 } })];
      const [fromMs = 0, toMs, ...laterEndsMs] = [8, 9, 10, 11].map((date) => Date.UTC(2026, 6, date, 22));
      const day = { fromMs, toMs, laterEndsMs };
      expect(await decide({ rules, rates, brand: { timeZone: 'Europe/Berlin' } })).toMatchObject({
        maxDurationMs: 90_000,
        claims: [
          {
            meterId: 'rule:r|caller:alice',
            day,
            limits: { callsAtOnce: 2, callsPerMinute: 0, talkMsPerDay: 90_000, costMicrosPerDay: 100_000 },
          },
          { meterId: 'rule:r', day, limits: { callsAtOnce: 9 } },
        ],
        price: { connectionFeeMicros: 10_000, microsPerMinute: 20_000, firstMs: 60_000, incrementMs: 60_000 },
      });
    });

    it('claim nothing where a rule bounds only the duration', async () => {
      const rules = [rule({ limits: { maxDurationMs: 5000 }, sharedLimits: {} })];
      expect(await decide({ rules })).toMatchObject({ claims: [], maxDurationMs: 5000 });
    });

    it('take the smallest of several durations', async () => {
      const embedKeys = [embedKey({ limits: { maxDurationMs: 30_000 } })];
      const rules = [rule({ limits: { maxDurationMs: 60_000 } })];
      expect(await decide({ rules, embedKeys }, { client: visitor })).toMatchObject({ maxDurationMs: 30_000 });
    });

    it('of cost refuse a number without a rate; without such a limit it may be called', async () => {
      const priced = (costPerDay: number) => [rule({ sharedLimits: { costPerDay } })];
      expect(await refusal({ rules: priced(5) })).toMatchObject({ code: 'noRateForNumber' });
      expect(await decide({ rules: priced(5), rates })).toMatchObject({ price: { microsPerMinute: 20_000 } });
      expect(await decide({ rules: [rule({ limits: { callsAtOnce: 1 } })] })).toMatchObject({ price: null });
    });
  });
});

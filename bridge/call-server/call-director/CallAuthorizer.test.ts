import { beforeEach, describe, expect, it } from 'vitest';
import { type EmbedKey, embedKeySchema, type Rule, rateSchema, ruleSchema } from '../../../shared/admin/index.ts';
import type { EmbedKeyId, GatewayId, GroupId, SigningKeyId, UserId } from '../../../shared/domain/index.ts';
import type { DialbridgeError } from '../../../shared/errors/index.ts';
import { FakeClock } from '../../observability/FakeClock.ts';
import type { CallClient } from '../CallServer.ts';
import { callClient } from '../testing/callClient.ts';
import type { Authorization } from './Authorization.ts';
import { createAuthorizer, type KnownToAuthorizer } from './testing/createAuthorizer.ts';

const washington = '+12025550123';
const alice = callClient('alice');
const visitor = callClient('visitor-1', {
  entry: { kind: 'embedKey', embedKeyId: 'pk_shop' as EmbedKeyId, origin: 'https://shop.example' },
  address: '2001:db8:1:2:3:4:5:6',
  origin: 'https://phone.example',
});

function rule(fields: object): Rule {
  return ruleSchema.parse({ id: 'r', action: 'allow', ...fields });
}

function embedKey(fields: object = {}): EmbedKey {
  return embedKeySchema.parse({
    id: 'pk_shop',
    name: 'Shop',
    brandId: 'b1',
    origins: ['https://shop.example', 'https://*.shop.example'],
    destinations: [{ number: washington }, { number: '+4930', isPrefix: true }],
    createdAtMs: 0,
    ...fields,
  });
}

function hostUser(userName: string, grants: Partial<Extract<CallClient['entry'], { kind: 'hostToken' }>> = {}) {
  return callClient(userName, {
    user: { id: `host:${userName}` as UserId, userName, displayName: userName, role: 'user' },
    entry: {
      kind: 'hostToken',
      signingKeyId: 'k1' as SigningKeyId,
      groups: [],
      destinations: null,
      callerNumbers: null,
      ...grants,
    },
  });
}

describe('CallAuthorizer', () => {
  // A Thursday, noon in Berlin.
  const noon = Date.parse('2026-07-09T10:00:00Z');
  let clock: FakeClock;
  beforeEach(() => {
    clock = new FakeClock(noon);
  });

  async function decide(
    known: Omit<KnownToAuthorizer, 'clock'>,
    request: { client?: CallClient; destination?: string; callerNumber?: string } = {},
  ): Promise<Authorization & { code?: undefined }> {
    return createAuthorizer({ ...known, clock }).authorize({ client: alice, destination: washington, ...request });
  }

  async function refusal(...asked: Parameters<typeof decide>): Promise<DialbridgeError> {
    return decide(...asked).then(
      () => {
        throw new Error('the call was allowed');
      },
      (error: DialbridgeError) => error,
    );
  }

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
      const rules = [rule({ id: 'a', when: when('18:00') }), rule({ id: 'b', when: when('16:30') })];
      expect(await refusal({ rules })).toMatchObject({ code: 'outsideHours', retryAfterMs: 4.5 * 3_600_000 });
      clock.advance(4.5 * 3_600_000 - 1);
      expect(await refusal({ rules })).toMatchObject({ code: 'outsideHours', retryAfterMs: 1 });
      clock.advance(1);
      expect(await decide({ rules })).toMatchObject({ matchedRule: { id: 'b' } });
      expect(await refusal({ rules: [rule({ when: when('16:30'), to: { prefix: '+49' } })] })).toMatchObject({
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
    const authorizer = createAuthorizer({ clock, rules: [rule({})], isEverybodyKnown: false });
    await expect(authorizer.authorize({ client: alice, destination: washington })).rejects.toMatchObject({
      code: 'accountDisabled',
    });
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

  describe('for a visitor by an embed key', () => {
    const known = { embedKeys: [embedKey()] };

    it('lets the key itself allow what it names, with its limits for each visitor and for all', async () => {
      expect(await decide(known, { client: visitor })).toMatchObject({
        matchedRule: null,
        maxDurationMs: 3_600_000,
        claims: [
          { meterId: 'key:pk_shop|visitor:2001:db8:1:2::/64', limits: { callsAtOnce: 1, callsPerMinute: 3 } },
          { meterId: 'key:pk_shop', limits: { callsAtOnce: 10 } },
        ],
      });
      expect(await decide(known, { client: visitor, destination: '+49 30 123456' })).toMatchObject({
        matchedRule: null,
      });
    });

    it('refuses everything else, whatever rules allow', async () => {
      const rules = [rule({})];
      for (const destination of ['+12025550124', '+120255501234', '+442079460958', '+49 31 123456'])
        expect(await refusal({ ...known, rules }, { client: visitor, destination })).toMatchObject({
          code: expect.stringMatching(/destinationNotAllowed|notAPhoneNumber/),
        });
    });

    it('lets a rule that matches first deny, or set limits of its own before the key’s', async () => {
      const deny = rule({ action: 'deny', from: { anonymous: true }, to: { prefix: '+1' } });
      expect(await refusal({ ...known, rules: [deny] }, { client: visitor })).toMatchObject({ code: 'ruleDenies' });
      const allow = rule({ from: { embedKeys: ['pk_shop'] }, limits: { callsPerMinute: 2, maxDurationMs: 60_000 } });
      const { claims, maxDurationMs, matchedRule } = await decide({ ...known, rules: [allow] }, { client: visitor });
      expect(matchedRule).toMatchObject({ id: 'r' });
      expect(maxDurationMs).toBe(60_000);
      expect(claims.map(({ meterId }) => meterId)).toEqual([
        'rule:r|caller:visitor:2001:db8:1:2::/64',
        'key:pk_shop|visitor:2001:db8:1:2::/64',
        'key:pk_shop',
      ]);
    });

    it('goes by the page that the visitor is on, not by the frame', async () => {
      const rules = [rule({ action: 'deny', from: { origins: ['https://shop.example'] } })];
      expect(await refusal({ ...known, rules }, { client: visitor })).toMatchObject({ code: 'ruleDenies' });
    });

    it('takes a page of ours that was framed by one of the key’s', async () => {
      const origin = 'https://phone.example';
      const entry = { ...visitor.entry, origin } as Extract<CallClient['entry'], { kind: 'embedKey' }>;
      expect(await refusal(known, { client: { ...visitor, entry } })).toMatchObject({ code: 'originNotAllowed' });
      const framed = { ...visitor, entry: { ...entry, isFramed: true } };
      expect(await decide(known, { client: framed })).toMatchObject({ matchedRule: null });
    });

    it.each([
      ['was deleted', [], 'embedKeyInvalid'],
      ['was switched off', [embedKey({ isEnabled: false })], 'embedKeyInvalid'],
      ['was moved to another brand', [embedKey({ brandId: 'b2' })], 'embedKeyInvalid'],
      ['does not name the page any more', [embedKey({ origins: ['https://other.example'] })], 'originNotAllowed'],
    ])('refuses when the key %s', async (_, embedKeys, code) => {
      expect(await refusal({ embedKeys, rules: [rule({})] }, { client: visitor })).toMatchObject({ code });
    });

    it('opens a premium-rate number only where the key has it in full', async () => {
      const premium = '+19005550123';
      const destinations = (number: string, isPrefix: boolean) => ({
        embedKeys: [embedKey({ destinations: [{ number, isPrefix }] })],
      });
      const request = { client: visitor, destination: premium };
      expect(await refusal(destinations('+1', true), request)).toMatchObject({ code: 'highRiskNumber' });
      expect(await refusal(destinations(premium, true), request)).toMatchObject({ code: 'highRiskNumber' });
      expect(await decide(destinations(premium, false), request)).toMatchObject({ matchedRule: null });
    });
  });

  describe('at emergency numbers', () => {
    const route = { emergency: { mode: 'route' as const, gatewayIds: ['gw2', 'gw1'] as GatewayId[] } };
    const everything = [rule({ id: 'all' })];

    it('refuses before any rule is asked where the brand does not route them', async () => {
      expect(await refusal({ rules: everything }, { destination: '911' })).toMatchObject({
        code: 'emergencyNotServed',
        message: 'Emergency numbers cannot be called from here. Use a telephone.',
      });
    });

    it('routes the bare digits to the brand’s gateways although rules deny and limits are used up', async () => {
      const rules = [rule({ action: 'deny' })];
      expect(await decide({ rules, brand: route }, { destination: '+1 9-1-1' })).toMatchObject({
        calledNumber: '911',
        isEmergency: true,
        gatewayIds: ['gw2', 'gw1'],
        matchedRule: null,
        claims: [],
        price: null,
        maxDurationMs: null,
      });
    });

    it('refuses the emergency number of another country, which no gateway here could place', async () => {
      expect(await refusal({ brand: route }, { destination: '+49 110' })).toMatchObject({ code: 'emergencyNotServed' });
      expect(await refusal({ brand: route }, { destination: '+44 999' })).toMatchObject({ code: 'emergencyNotServed' });
    });

    it('refuses visitors always', async () => {
      const embedKeys = [embedKey({ destinations: [{ number: '+', isPrefix: true }] })];
      expect(await refusal({ embedKeys, brand: route }, { client: visitor, destination: '911' })).toMatchObject({
        code: 'emergencyNotServed',
      });
    });

    it('goes beyond what a host application’s token grants', async () => {
      const client = hostUser('dora', { destinations: ['+4930'] });
      expect(await decide({ brand: route }, { client, destination: '911' })).toMatchObject({ calledNumber: '911' });
    });

    it('shows a caller ID that may be shown, and lets no other keep the call from being made', async () => {
      const brand = { ...route, callerNumbers: ['+12025550100', '+12025550101'] };
      const shown = async (callerNumber?: string) =>
        (await decide({ brand }, { destination: '911', ...(callerNumber && { callerNumber }) })).callerNumber;
      expect(await shown()).toBe('+12025550100');
      expect(await shown('+12025550101')).toBe('+12025550101');
      expect(await shown('+19995550000')).toBe('+12025550100');
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

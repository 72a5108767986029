import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  type EmbedKey,
  type ExplainRequest,
  type Explanation,
  embedKeySchema,
  explainRequestSchema,
  explanationSchema,
  gatewaySchema,
  type Rate,
  type Rule,
  rateSchema,
  ruleSchema,
} from '../../../../shared/admin/index.ts';
import type { BrandId, CallId, CallServerId, EmbedKeyId, GatewayId, UserId } from '../../../../shared/domain/index.ts';
import { DialbridgeError } from '../../../../shared/errors/index.ts';
import { ZoneClocks } from '../../../calendar/index.ts';
import { FakeClock } from '../../../observability/FakeClock.ts';
import type { SelectionRequest } from '../../../proxy-server/index.ts';
import { MemoryUsageStore } from '../../../storage/index.ts';
import { callClient } from '../../testing/callClient.ts';
import type { CallRequest } from '../Authorization.ts';
import { CallAuthorizer } from '../CallAuthorizer.ts';
import { toRefusal } from '../limits/index.ts';
import { authorizerDeps, type KnownToAuthorizer } from '../testing/createAuthorizer.ts';
import { CallExplainer } from './CallExplainer.ts';

const washington = '+12025550123';
const callServerId = 's1' as CallServerId;
// A Thursday.
const noon = Date.parse('2026-07-09T12:00:00Z');

function rule(fields: object): Rule {
  return ruleSchema.parse({ id: 'r', action: 'allow', ...fields });
}

function rate(id: string, pricePerMinute: number): Rate {
  return rateSchema.parse({ id, pricePerMinute });
}

const shopKey: EmbedKey = embedKeySchema.parse({
  id: 'pk_shop',
  name: 'Shop',
  brandId: 'b1',
  origins: ['https://*.shop.example', 'https://shop.example'],
  destinations: [{ number: '+1', isPrefix: true }],
  createdAtMs: 0,
});

/** A bridge's worth of what decides on calls, known both to a call and to Explain. */
class Bench {
  readonly clock = new FakeClock(noon);
  readonly usage = new MemoryUsageStore();
  readonly #deps: ReturnType<typeof authorizerDeps>;
  #calls = 0;

  constructor(known: Omit<KnownToAuthorizer, 'clock'>) {
    this.#deps = authorizerDeps({
      users: [{ id: 'alice' as UserId }],
      embedKeys: [shopKey],
      ...known,
      clock: this.clock,
    });
  }

  readonly #proxyServer = {
    select: async ({ calledNumber: number, gatewayIds }: Pick<SelectionRequest, 'calledNumber' | 'gatewayIds'>) => {
      const gateways = ['gw1', 'gw2'].map((id) =>
        gatewaySchema.parse({ id, name: `Gateway ${id}`, host: '127.0.0.1' }),
      );
      const candidates = gatewayIds
        ? gateways.filter(({ id }) => gatewayIds.includes(id))
        : number.startsWith('+49')
          ? []
          : gateways;
      return {
        candidates,
        steps: [{ step: 'prefix' as const, dropped: [], note: 'as the number says' }],
        routeId: null,
        strategy: 'priority' as const,
      };
    },
  };

  async explain(request: object = {}): Promise<Explanation> {
    const { users, brands } = this.#deps;
    const explainer = new CallExplainer(
      {
        ...this.#deps,
        users: {
          get: (id) => users.get(id),
          findByName: async (name) => (name.toLowerCase() === 'alice' ? users.get('alice' as UserId) : undefined),
        },
        brands: { settings: (id) => brands.settings(id), has: (id) => id.startsWith('b'), defaultId: 'b1' as BrandId },
        clocks: new ZoneClocks(),
        usage: this.usage,
        proxyServer: this.#proxyServer,
      },
      { currency: 'EUR' },
    );
    const asked: ExplainRequest = explainRequestSchema.parse({
      caller: { kind: 'user', userName: 'Alice' },
      destination: washington,
      ...request,
    });
    return explanationSchema.parse(await explainer.explain(asked));
  }

  /** Makes the call; resolves with the code of the refusal, or null. */
  async call(request: Partial<CallRequest> = {}): Promise<DialbridgeError | null> {
    const authorizer = new CallAuthorizer(this.#deps);
    const atMs = this.clock.now();
    this.#calls += 1;
    try {
      const { claims, price, calledNumber, gatewayIds, called } = await authorizer.authorize({
        client: callClient('alice'),
        destination: washington,
        ...request,
      });
      const callId = `call-${this.#calls}` as CallId;
      const refusal = await this.usage.admit({ callId, callServerId, atMs, claims, price });
      if (refusal) throw toRefusal(refusal, atMs);
      const { candidates } = await this.#proxyServer.select({ calledNumber, gatewayIds });
      if (candidates.length === 0)
        throw new DialbridgeError('noGatewayForNumber', { details: { number: called.formatted } });
      return null;
    } catch (error) {
      if (error instanceof DialbridgeError) return error;
      throw error;
    }
  }
}

describe('CallExplainer', () => {
  describe('for a call that may be made', () => {
    let explanation: Explanation;
    beforeEach(async () => {
      const rules = [
        rule({ id: 'off', name: 'Switched off', isEnabled: false }),
        rule({ id: 'no-premium', action: 'deny', to: { types: ['premiumRate'] } }),
        rule({
          id: 'us',
          order: 1,
          to: { prefix: '+1' },
          limits: { callsAtOnce: 2, maxDurationMs: 5000 },
          callerNumbers: ['+1202'],
        }),
        rule({ id: 'later', order: 2 }),
      ];
      explanation = await new Bench({ rules, rates: [rate('+1', 0.02)] }).explain();
    });

    it('says so, with the number, the cost, the caller ID and the gateways in order', () => {
      expect(explanation).toMatchObject({
        decision: 'allow',
        error: null,
        atMs: noon,
        destination: {
          e164: washington,
          formatted: '+1 202 555 0123',
          country: 'US',
          type: 'fixedLineOrMobile',
          isEmergency: false,
        },
        matchedRuleId: 'us',
        maxDurationMs: 5000,
        cost: { prefix: '+1', pricePerMinute: 0.02, connectionFee: 0, currency: 'EUR' },
        callerNumber: '+1202',
        gateways: {
          candidates: [
            { id: 'gw1', name: 'Gateway gw1' },
            { id: 'gw2', name: 'Gateway gw2' },
          ],
          steps: [{ step: 'prefix', dropped: [], note: 'as the number says' }],
        },
      });
    });

    it('tells of each rule that was looked at why it did not match, up to the one that did', () => {
      expect(explanation.rules.map(({ ruleId, isMatch, miss, text }) => [ruleId, isMatch, miss, text])).toEqual([
        ['no-premium', false, 'numberType', 'It is for premium-rate numbers, and this is a landline or mobile number.'],
        ['off', false, 'disabled', 'It is switched off.'],
        ['us', true, null, 'It matches, and allows the call.'],
      ]);
    });

    it('tells of everything else that was looked at', () => {
      expect(explanation.steps).toEqual([
        { step: 'caller', outcome: 'passed', text: 'The account is enabled.' },
        {
          step: 'number',
          outcome: 'passed',
          text: 'Read as +1 202 555 0123, a landline or mobile number in United States.',
        },
        { step: 'emergency', outcome: 'skipped', text: 'It is no emergency number.' },
        { step: 'bounds', outcome: 'skipped', text: 'An account has no bounds but the rules.' },
        { step: 'callerNumber', outcome: 'passed', text: '+1202 is shown.' },
        { step: 'limits', outcome: 'passed', text: 'All limits leave room for the call.' },
        { step: 'gateways', outcome: 'passed', text: 'gw1 is tried first.' },
      ]);
    });
  });

  it('shows limits with their present use, in their own units, and takes nothing of them itself', async () => {
    const limits = { callsAtOnce: 2, callsPerMinute: 3, minutesPerDay: 10, costPerDay: 1 };
    const bench = new Bench({ rules: [rule({ limits, sharedLimits: { callsAtOnce: 5 } })], rates: [rate('+1', 0.25)] });
    await bench.call();
    await bench.usage.answered('call-1' as CallId, bench.clock.now());
    bench.clock.advance(90_000);
    await bench.explain();
    expect((await bench.explain()).limits).toEqual([
      { scope: 'ruleCaller', limit: 'callsAtOnce', allowed: 2, used: 1, isReached: false, retryAfterMs: null },
      { scope: 'ruleCaller', limit: 'callsPerMinute', allowed: 3, used: 0, isReached: false, retryAfterMs: null },
      { scope: 'ruleCaller', limit: 'minutesPerDay', allowed: 10, used: 1.5, isReached: false, retryAfterMs: null },
      { scope: 'ruleCaller', limit: 'costPerDay', allowed: 1, used: 0.5, isReached: false, retryAfterMs: null },
      { scope: 'ruleShared', limit: 'callsAtOnce', allowed: 5, used: 1, isReached: false, retryAfterMs: null },
    ]);
  });

  it('says which limit is reached, and when a call fits again', async () => {
    const bench = new Bench({ rules: [rule({ limits: { callsPerMinute: 1, callsAtOnce: 9 } })] });
    await bench.call();
    bench.clock.advance(20_000);
    const explanation = await bench.explain();
    expect(explanation).toMatchObject({
      decision: 'deny',
      error: { code: 'callRateReached', retryAfterMs: 40_000 },
      matchedRuleId: 'r',
    });
    expect(explanation.limits).toMatchObject([
      { limit: 'callsAtOnce', used: 1, isReached: false },
      { limit: 'callsPerMinute', used: 1, isReached: true, retryAfterMs: 40_000 },
    ]);
    expect(explanation.steps.at(-1)).toMatchObject({ step: 'limits', outcome: 'refused' });
    expect(explanation.gateways).toEqual({ candidates: [], steps: [] });
  });

  it('asks about another time', async () => {
    const when = { windows: [{ days: ['thu'], from: '18:00', to: '20:00' }] };
    const bench = new Bench({ rules: [rule({ when })] });
    expect(await bench.explain()).toMatchObject({
      decision: 'deny',
      error: { code: 'outsideHours', retryAfterMs: 6 * 3_600_000 },
      rules: [{ miss: 'time', text: 'It holds at certain hours (UTC), and not at this one.' }],
    });
    expect(await bench.explain({ atMs: noon + 6 * 3_600_000 })).toMatchObject({ decision: 'allow' });
  });

  it('tries rules before they are saved', async () => {
    const bench = new Bench({
      rules: [rule({ id: 'deny', action: 'deny' }), rule({ id: 'us', order: 5, to: { prefix: '+1' } })],
    });
    expect(await bench.explain()).toMatchObject({ decision: 'deny', matchedRuleId: 'deny' });
    expect(await bench.explain({ draft: { delete: ['deny'] } })).toMatchObject({
      decision: 'allow',
      matchedRuleId: 'us',
    });
    const put = [
      rule({ id: 'us', order: -1, to: { prefix: '+1202' } }),
      rule({ id: 'new', order: -2, to: { prefix: '+49' } }),
    ];
    expect(await bench.explain({ draft: { put } })).toMatchObject({
      decision: 'allow',
      matchedRuleId: 'us',
      rules: [
        { ruleId: 'new', isDraft: true, miss: 'prefix' },
        { ruleId: 'us', isDraft: true },
      ],
    });
    expect(await bench.explain()).toMatchObject({ decision: 'deny', matchedRuleId: 'deny' });
  });

  it('explains a visitor, who needs no rule, and their page', async () => {
    const bench = new Bench({ rules: [rule({ id: 'de', to: { prefix: '+49' } })] });
    const visitor = { caller: { kind: 'visitor', embedKeyId: 'pk_shop' } };
    expect(await bench.explain({ ...visitor, origin: 'https://shop.example' })).toMatchObject({
      decision: 'allow',
      matchedRuleId: null,
      rules: [
        { ruleId: 'de', isMatch: false },
        {
          ruleId: null,
          name: 'Shop',
          isMatch: true,
          text: 'The embed key names the number, and no rule says otherwise.',
        },
      ],
      limits: [{ scope: 'keyVisitor' }, { scope: 'keyVisitor' }, { scope: 'keyShared' }],
    });
    expect(await bench.explain(visitor)).toMatchObject({ decision: 'allow' });
    expect(await bench.explain({ ...visitor, origin: 'https://evil.example' })).toMatchObject({
      decision: 'deny',
      error: { code: 'originNotAllowed' },
      steps: [{ step: 'caller', outcome: 'refused' }],
      destination: null,
    });
    expect(await bench.explain({ ...visitor, destination: '+1 900 555 0123' })).toMatchObject({
      error: { code: 'highRiskNumber' },
      matchedRuleId: null,
      rules: [{ ruleId: 'de' }, { ruleId: null, isMatch: false, miss: 'highRiskNotNamed' }],
    });
  });

  it('explains a host application’s user by the groups of the token', async () => {
    const bench = new Bench({ rules: [rule({ from: { groups: ['sales'], brands: ['b2'] } })] });
    const dora = (groups: string[], brandId = 'b2') => ({
      caller: { kind: 'hostUser', userName: 'dora', brandId, groups },
    });
    expect(await bench.explain(dora(['sales']))).toMatchObject({ decision: 'allow' });
    expect(await bench.explain(dora([]))).toMatchObject({ rules: [{ text: 'It is for the group sales.' }] });
    expect(await bench.explain(dora(['sales'], 'b1'))).toMatchObject({
      rules: [{ text: 'It is for the brand b2, and the call is made under b1.' }],
    });
  });

  it('explains an emergency call without asking rules', async () => {
    const emergency = { mode: 'route' as const, gatewayIds: ['gw2'] as GatewayId[] };
    expect(await new Bench({ brand: { emergency } }).explain({ destination: '911' })).toMatchObject({
      decision: 'allow',
      destination: { e164: '911', isEmergency: true },
      rules: [],
      limits: [],
      cost: null,
      gateways: { candidates: [{ id: 'gw2' }] },
    });
    expect(await new Bench({}).explain({ destination: '911' })).toMatchObject({
      error: { code: 'emergencyNotServed' },
    });
  });

  it('says that no gateway serves a number that may be called', async () => {
    expect(await new Bench({ rules: [rule({})] }).explain({ destination: '+4930123456' })).toMatchObject({
      decision: 'deny',
      error: { code: 'noGatewayForNumber' },
      matchedRuleId: 'r',
      gateways: { candidates: [], steps: [{ step: 'prefix' }] },
    });
  });

  it('shows the present use of a limit of cost also for a number without a rate', async () => {
    expect(await new Bench({ rules: [rule({ limits: { costPerDay: 1 } })] }).explain()).toMatchObject({
      error: { code: 'noRateForNumber' },
      limits: [{ limit: 'costPerDay', used: 0 }],
      steps: expect.arrayContaining([expect.objectContaining({ step: 'limits', outcome: 'refused' })]),
    });
  });

  it.each([
    [{ kind: 'user', userName: 'nobody' }, 'caller.userName'],
    [{ kind: 'visitor', embedKeyId: 'pk_gone' }, 'caller.embedKeyId'],
    [{ kind: 'hostUser', userName: 'dora', brandId: 'gone' }, 'caller.brandId'],
  ])('refuses to guess about a caller that there is not: %j', async (caller, key) => {
    await expect(new Bench({}).explain({ caller })).rejects.toMatchObject({ code: 'invalidSetting', details: { key } });
  });

  it('says of a brand that there is none', async () => {
    await expect(new Bench({}).explain({ brandId: 'gone' })).rejects.toMatchObject({ details: { key: 'brandId' } });
  });

  it('decides as a call is decided, whatever the rules, the use and the call', { timeout: 30_000 }, async () => {
    const mostly = <T>(usual: T, ...others: readonly T[]) =>
      fc.oneof({ weight: others.length * 2, arbitrary: fc.constant(usual) }, fc.constantFrom(...others));
    const limits = fc.constantFrom(undefined, { callsAtOnce: 1 }, { callsPerMinute: 2 }, { costPerDay: 0.03 });
    const rules = fc
      .array(
        fc.record({
          order: fc.integer({ min: 0, max: 3 }),
          action: mostly('allow', 'deny'),
          from: mostly<object | undefined>(undefined, { users: ['alice'] }, { anonymous: true }, { brands: ['b2'] }),
          to: mostly<object | undefined>(
            undefined,
            { prefix: '+1' },
            { countries: ['DE'] },
            { types: ['premiumRate'] },
          ),
          when: mostly<object | undefined>(undefined, { windows: [{ days: ['fri'] }] }),
          limits,
          sharedLimits: limits,
          callerNumbers: mostly<string[] | undefined>(undefined, ['+12025550100']),
        }),
        { maxLength: 3 },
      )
      .map((drafts) =>
        drafts.map(({ limits: own, sharedLimits, callerNumbers, ...rest }, index) => {
          const allowing = rest.action === 'allow' ? { limits: own, sharedLimits, callerNumbers } : {};
          return rule(JSON.parse(JSON.stringify({ id: `r${index}`, ...rest, ...allowing })));
        }),
      );
    const destination = mostly(
      washington,
      '+19005550123',
      '+442079460958',
      '+4930123456',
      '+881612345678',
      '911',
      'junk',
    );
    const earlierCalls = fc.integer({ min: 0, max: 3 });
    const callerNumber = mostly<string | undefined>(undefined, '+12025550100', '+1999');
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(
        rules,
        destination,
        earlierCalls,
        callerNumber,
        mostly(false, true),
        async (written, to, before, asked, isVisitor) => {
          const bench = new Bench({ rules: written, rates: [rate('+1', 0.02)] });
          const client = isVisitor
            ? callClient('visitor', {
                entry: { kind: 'embedKey', embedKeyId: 'pk_shop' as EmbedKeyId, origin: 'https://shop.example' },
              })
            : callClient('alice');
          for (let count = 0; count < before; count += 1) await bench.call({ client });
          const number = asked === undefined ? {} : { callerNumber: asked };
          const explanation = await bench.explain({
            caller: isVisitor ? { kind: 'visitor', embedKeyId: 'pk_shop' } : { kind: 'user', userName: 'alice' },
            ...(isVisitor && { origin: 'https://shop.example' }),
            destination: to,
            ...number,
          });
          const error = await bench.call({ client, destination: to, ...number });
          seen.add(error?.code ?? 'allowed');
          expect(explanation.decision).toBe(error === null ? 'allow' : 'deny');
          expect(explanation.error?.code).toBe(error?.code);
          expect(explanation.error?.retryAfterMs).toBe(error?.retryAfterMs);
        },
      ),
      { numRuns: 300 },
    );
    // Else the calls above would be too much alike to show anything.
    expect([...seen].sort()).toEqual(
      expect.arrayContaining([
        'allowed',
        'callsAtOnceReached',
        'dailyCostReached',
        'noRuleAllows',
        'outsideHours',
        'ruleDenies',
      ]),
    );
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import type { Explanation } from '../../../../shared/admin/index.ts';
import type { CallId, GatewayId } from '../../../../shared/domain/index.ts';
import { ExplainBench, noon, rate, rule, washington } from './testing/ExplainBench.ts';

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
      explanation = await new ExplainBench({ rules, rates: [rate('+1', 0.02)] }).explain();
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
    const bench = new ExplainBench({
      rules: [rule({ limits, sharedLimits: { callsAtOnce: 5 } })],
      rates: [rate('+1', 0.25)],
    });
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
    const bench = new ExplainBench({ rules: [rule({ limits: { callsPerMinute: 1, callsAtOnce: 9 } })] });
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
    const bench = new ExplainBench({ rules: [rule({ when })] });
    expect(await bench.explain()).toMatchObject({
      decision: 'deny',
      error: { code: 'outsideHours', retryAfterMs: 6 * 3_600_000 },
      rules: [{ miss: 'time', text: 'It holds at certain hours (UTC), and not at this one.' }],
    });
    expect(await bench.explain({ atMs: noon + 6 * 3_600_000 })).toMatchObject({ decision: 'allow' });
  });

  it('tries rules before they are saved', async () => {
    const bench = new ExplainBench({
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
    const bench = new ExplainBench({ rules: [rule({ id: 'de', to: { prefix: '+49' } })] });
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
    const bench = new ExplainBench({ rules: [rule({ from: { groups: ['sales'], brands: ['b2'] } })] });
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
    expect(await new ExplainBench({ brand: { emergency } }).explain({ destination: '911' })).toMatchObject({
      decision: 'allow',
      destination: { e164: '911', isEmergency: true },
      rules: [],
      limits: [],
      cost: null,
      gateways: { candidates: [{ id: 'gw2' }] },
    });
    expect(await new ExplainBench({}).explain({ destination: '911' })).toMatchObject({
      error: { code: 'emergencyNotServed' },
    });
  });

  it('says that no gateway serves a number that may be called', async () => {
    expect(await new ExplainBench({ rules: [rule({})] }).explain({ destination: '+4930123456' })).toMatchObject({
      decision: 'deny',
      error: { code: 'noGatewayForNumber' },
      matchedRuleId: 'r',
      gateways: { candidates: [], steps: [{ step: 'prefix' }] },
    });
  });

  it('shows the present use of a limit of cost also for a number without a rate', async () => {
    expect(await new ExplainBench({ rules: [rule({ limits: { costPerDay: 1 } })] }).explain()).toMatchObject({
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
    await expect(new ExplainBench({}).explain({ caller })).rejects.toMatchObject({
      code: 'invalidSetting',
      details: { key },
    });
  });

  it('says of a brand that there is none', async () => {
    await expect(new ExplainBench({}).explain({ brandId: 'gone' })).rejects.toMatchObject({
      details: { key: 'brandId' },
    });
  });
});

import { describe, expect, it } from 'vitest';
import type { CallClient } from '../CallServer.ts';
import { decide, embedKey, refusal, rule, visitor } from './testing/decide.ts';

describe('CallAuthorizer for a visitor by an embed key', () => {
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

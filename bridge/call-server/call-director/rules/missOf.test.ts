import { describe, expect, it } from 'vitest';
import { ruleSchema } from '../../../../shared/admin/index.ts';
import { ZoneClocks } from '../../../calendar/index.ts';
import { parseDestination } from '../numbers/parseDestination.ts';
import { readAddress } from './AddressRanges.ts';
import { compileRules } from './CompiledRule.ts';
import { missOf, type RuleCaller, type RuleQuery } from './missOf.ts';

interface Asked {
  readonly caller?: Partial<RuleCaller>;
  readonly brandId?: string;
  readonly address?: string;
  readonly origin?: string | null;
  readonly number?: string;
  readonly at?: string;
}

/** Alice calls a number in Washington on a Thursday at noon. */
function query({ caller, brandId = 'b1', address = '192.0.2.7', origin = null, number, at }: Asked): RuleQuery {
  return {
    caller: { userName: 'alice', groups: [], embedKeyId: null, ...caller },
    brandId,
    address: readAddress(address),
    origin,
    called: parseDestination(number ?? '+12025550123', 'US'),
    atMs: Date.parse(at ?? '2026-07-09T12:00:00Z'),
  };
}

function miss(rule: object, asked: Asked = {}) {
  const [compiled] = compileRules([ruleSchema.parse({ id: 'r', action: 'allow', ...rule })], new ZoneClocks());
  if (!compiled) throw new Error('one rule was compiled');
  return missOf(compiled, query(asked));
}

const visitor = { userName: null, embedKeyId: 'pk_1' };

describe('missOf', () => {
  it('takes a rule without from, to and when as one for everybody, everywhere, always', () => {
    expect(miss({})).toBeNull();
    expect(miss({}, { caller: visitor })).toBeNull();
  });

  it.each([
    ['users', { users: ['bob', 'ALICE'] }, {}, null],
    ['users', { users: ['bob'] }, {}, 'caller'],
    ['users', { users: ['alice'] }, { userName: null, embedKeyId: 'pk_1' }, 'caller'],
    ['groups', { groups: ['sales'] }, { groups: ['support', 'sales'] }, null],
    ['groups', { groups: ['sales'] }, { groups: ['support'] }, 'caller'],
    ['embedKeys', { embedKeys: ['pk_1'] }, visitor, null],
    ['embedKeys', { embedKeys: ['pk_2'] }, visitor, 'caller'],
    ['embedKeys', { embedKeys: ['pk_1'] }, {}, 'caller'],
    ['anonymous', { anonymous: true }, visitor, null],
    ['anonymous', { anonymous: true }, {}, 'caller'],
    ['anonymous', { anonymous: false }, {}, null],
    ['anonymous', { anonymous: false }, visitor, 'caller'],
    ['any of the four', { users: ['bob'], groups: ['sales'], anonymous: true }, { groups: ['sales'] }, null],
    ['any of the four', { users: ['bob'], groups: ['sales'], embedKeys: ['pk_1'] }, visitor, null],
    ['any of the four', { users: ['bob'], groups: ['sales'], anonymous: true }, {}, 'caller'],
  ])('matches callers by %s: %j', (_, from, caller, expected) => expect(miss({ from }, { caller })).toBe(expected));

  it.each([
    [{ brands: ['b1', 'b2'] }, {}, null],
    [{ brands: ['b2'] }, {}, 'brand'],
    [{ addresses: ['192.0.2.0/24'] }, {}, null],
    [{ addresses: ['2001:db8::/32', '192.0.2.8'] }, {}, 'address'],
    [{ addresses: ['0.0.0.0/0', '::/0'] }, { address: 'unknown' }, 'address'],
    [{ origins: ['https://shop.example'] }, { origin: 'https://shop.example' }, null],
    [{ origins: ['https://*.shop.example'] }, { origin: 'https://a.b.shop.example' }, null],
    [{ origins: ['https://*.shop.example'] }, { origin: 'https://shop.example' }, 'origin'],
    [{ origins: ['https://*.shop.example'] }, { origin: 'https://notshop.example' }, 'origin'],
    [{ origins: ['https://shop.example'] }, { origin: 'http://shop.example' }, 'origin'],
    [{ origins: ['https://shop.example'] }, { origin: 'https://shop.example:8443' }, 'origin'],
    [{ origins: ['https://shop.example'] }, { origin: null }, 'origin'],
  ])('matches from where: %j', (from, asked, expected) => expect(miss({ from }, asked)).toBe(expected));

  it.each([
    [{ prefix: '+1' }, '+12025550123', null],
    [{ prefix: '+' }, '+442079460958', null],
    [{ prefix: ['+44', '+1202'] }, '+12025550123', null],
    [{ prefix: ['+44', '+1203'] }, '+12025550123', 'prefix'],
    [{ prefix: '+12025550123' }, '+12025550123', null],
    [{ prefix: '+120255501234' }, '+12025550123', 'prefix'],
    [{ countries: ['US'] }, '+12025550123', null],
    [{ countries: ['US'] }, '+14165550123', 'country'],
    [{ countries: ['US', 'CA'] }, '+14165550123', null],
    [{ countries: ['US'] }, '+15550100001', 'country'],
    [{ types: ['mobile', 'fixedLineOrMobile'] }, '+12025550123', null],
    [{ types: ['mobile'] }, '+12025550123', 'numberType'],
    [{ prefix: '+1', countries: ['CA'] }, '+12025550123', 'country'],
    [{ prefix: '+1', countries: ['US'], types: ['tollFree'] }, '+12025550123', 'numberType'],
  ])('matches where to: %j, %s', (to, number, expected) => expect(miss({ to }, { number })).toBe(expected));

  it('denies by country also a number whose country can’t be told but may be that', () => {
    expect(miss({ action: 'deny', to: { countries: ['JM'] } }, { number: '+15550100001' })).toBeNull();
    expect(miss({ action: 'deny', to: { countries: ['DE'] } }, { number: '+15550100001' })).toBe('country');
  });

  it.each([
    ['+19005550123', 'premiumRate'],
    ['+881612345678', 'satellite'],
    ['+883510012345678', 'internationalNetwork'],
  ])('opens %s only where its kind is named', (number, type) => {
    expect(miss({}, { number })).toBe('highRiskNotNamed');
    expect(miss({ to: { prefix: number } }, { number })).toBe('highRiskNotNamed');
    expect(miss({ to: { types: [type] } }, { number })).toBeNull();
    expect(miss({ to: { types: ['mobile'] } }, { number })).toBe('numberType');
    expect(miss({ action: 'deny', to: { prefix: '+' } }, { number })).toBeNull();
  });

  it('looks at the time last, and not at rules that are switched off', () => {
    const when = { windows: [{ days: ['thu'], from: '12:00', to: '13:00' }] };
    expect(miss({ when })).toBeNull();
    expect(miss({ when }, { at: '2026-07-09T11:59:59Z' })).toBe('time');
    expect(miss({ when, to: { prefix: '+44' } }, { at: '2026-07-09T11:59:59Z' })).toBe('prefix');
    expect(miss({ isEnabled: false })).toBe('disabled');
  });
});

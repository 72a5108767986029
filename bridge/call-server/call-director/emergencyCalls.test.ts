import { describe, expect, it } from 'vitest';
import type { GatewayId } from '../../../shared/domain/index.ts';
import { decide, embedKey, hostUser, refusal, rule, visitor } from './testing/decide.ts';

describe('CallAuthorizer at emergency numbers', () => {
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

import { describe, expect, it } from 'vitest';
import { type Gateway, gatewaySchema } from '../../../shared/admin/index.ts';
import type { GatewayId } from '../../../shared/domain/index.ts';
import { type GatewayStatus, unknownStatus } from '../status/GatewayStatus.ts';
import { selectGateways } from './selectGateways.ts';

const gateway = (entry: { id: string } & Partial<Omit<Gateway, 'id'>>) =>
  gatewaySchema.parse({ host: '127.0.0.1', ...entry });

function select(
  gateways: readonly Gateway[],
  options: {
    number?: string;
    statuses?: readonly GatewayStatus[];
    calls?: Record<string, number>;
    nowMs?: number;
  } = {},
) {
  const selection = selectGateways({
    calledNumber: options.number ?? '+12025550100',
    gateways,
    statuses: new Map((options.statuses ?? []).map((status) => [status.id, status])),
    activeCalls: new Map(Object.entries(options.calls ?? {})) as Map<GatewayId, number>,
    nowMs: options.nowMs ?? 0,
  });
  return { ...selection, ids: selection.candidates.map(({ id }) => id as string) };
}

const status = (id: string, change: Partial<GatewayStatus>): GatewayStatus => ({
  ...unknownStatus(id as GatewayId),
  ...change,
});

describe('selectGateways', () => {
  it('keeps only gateways with the longest matching prefix', () => {
    const { ids, steps } = select([
      gateway({ id: 'world' }),
      gateway({ id: 'us', prefixes: ['+1', '+1202'] }),
      gateway({ id: 'de', prefixes: ['+49'] }),
    ]);
    expect(ids).toEqual(['us']);
    expect(steps.find(({ step }) => step === 'prefix')?.dropped).toEqual([
      { gatewayId: 'world', why: 'another gateway has a longer matching prefix' },
      { gatewayId: 'de', why: 'no prefix matches the number' },
    ]);
  });

  it('orders by priority first and by active calls second', () => {
    const gateways = [gateway({ id: 'c', priority: 2 }), gateway({ id: 'b' }), gateway({ id: 'a' })];
    expect(select(gateways).ids).toEqual(['a', 'b', 'c']);
    expect(select(gateways, { calls: { a: 1 } }).ids).toEqual(['b', 'a', 'c']);
  });

  it('drops a gateway that is down, and says what its probe said', () => {
    const { ids, steps } = select([gateway({ id: 'a' }), gateway({ id: 'b', priority: 9 })], {
      statuses: [status('a', { state: 'down', problem: 'no answer' })],
    });
    expect(ids).toEqual(['b']);
    expect(steps.find(({ step }) => step === 'healthy')?.dropped).toEqual([{ gatewayId: 'a', why: 'down: no answer' }]);
  });

  it('tries gateways that are down when no other is left', () => {
    expect(select([gateway({ id: 'a' })], { statuses: [status('a', { state: 'down' })] }).ids).toEqual(['a']);
  });

  it('leaves a gateway alone until the time that it asked for, and not longer', () => {
    const gateways = [gateway({ id: 'a' }), gateway({ id: 'b', priority: 9 })];
    const statuses = [status('a', { state: 'up', resumeAtMs: 1000 })];
    expect(select(gateways, { statuses, nowMs: 999 }).ids).toEqual(['b']);
    expect(select(gateways, { statuses, nowMs: 1000 }).ids).toEqual(['a', 'b']);
  });

  it('drops a full gateway and one that is switched off', () => {
    const gateways = [
      gateway({ id: 'full', maxCalls: 2 }),
      gateway({ id: 'off', isEnabled: false }),
      gateway({ id: 'z' }),
    ];
    expect(select(gateways, { calls: { full: 2 } }).ids).toEqual(['z']);
    expect(select(gateways, { calls: { full: 1 } }).ids).toEqual(['z', 'full']);
  });

  it('names the first of many that were dropped, and counts the rest', () => {
    const others = Array.from({ length: 50 }, (_, index) => gateway({ id: `de${index}`, prefixes: ['+49'] }));
    const { ids, steps } = select([...others, gateway({ id: 'us' })]);
    expect(ids).toEqual(['us']);
    const prefix = steps.find(({ step }) => step === 'prefix');
    expect(prefix?.dropped).toHaveLength(20);
    expect(prefix?.note).toBe('and 30 more');
  });

  it('finds nothing for a number that no prefix covers', () => {
    expect(select([gateway({ id: 'de', prefixes: ['+49'] })]).ids).toEqual([]);
  });
});

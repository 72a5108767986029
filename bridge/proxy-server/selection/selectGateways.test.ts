import { beforeEach, describe, expect, it } from 'vitest';
import type { BrandId, GatewayId } from '../../../shared/domain/index.ts';
import { call, id, ProxyBench } from '../testing/ProxyBench.ts';

const german = '+4930123456';

describe('selectGateways', () => {
  let bench: ProxyBench;

  beforeEach(async () => {
    bench = await ProxyBench.create();
  });

  const claim = async (gatewayId: string, calls: number) => {
    const gateway = bench.proxyServer.gateway(id(gatewayId));
    if (!gateway) throw new Error(`no ${gatewayId}`);
    for (let index = 0; index < calls; index += 1)
      await bench.proxyServer.claim(gateway, call(`${gatewayId}-${index}`));
  };

  it('keeps only gateways with the longest matching prefix', async () => {
    await bench.put({ id: 'world' }, { id: 'us', prefixes: ['+1', '+1202'] }, { id: 'de', prefixes: ['+49'] });
    expect((await bench.select()).ids).toEqual(['us']);
    expect((await bench.step('prefix'))?.dropped).toEqual([
      { gatewayId: 'de', why: 'no prefix matches the number' },
      { gatewayId: 'world', why: 'another gateway has a longer matching prefix' },
    ]);
  });

  it('looks at the prefixes of gateways that are switched on alone', async () => {
    await bench.put({ id: 'world' }, { id: 'off', prefixes: ['+1'], isEnabled: false });
    expect((await bench.select()).ids).toEqual(['world']);
    expect((await bench.step('enabled'))?.dropped).toEqual([{ gatewayId: 'off', why: 'switched off' }]);
  });

  it('finds nothing for a number that no prefix covers', async () => {
    await bench.put({ id: 'de', prefixes: ['+49'] });
    expect((await bench.select()).ids).toEqual([]);
  });

  it('names its steps in order', async () => {
    await bench.put({ id: 'a' });
    expect((await bench.select()).steps.map(({ step }) => step)).toEqual([
      ...['route', 'enabled', 'prefix', 'hours', 'media', 'healthy', 'capacity', 'order'],
    ]);
  });

  it('drops a gateway outside its hours, by the clock of its time zone', async () => {
    const hours = { timeZone: 'Europe/Berlin', windows: [{ days: ['thu'], from: '08:00', to: '18:00' }] };
    await bench.put({ id: 'office', hours }, { id: 'always', priority: 9 });
    // A Thursday; Berlin is two hours ahead in July.
    const at = (time: string) => bench.select(german, { atMs: Date.parse(`2026-07-09T${time}Z`) });
    expect((await at('05:59:59')).ids).toEqual(['always']);
    expect((await at('06:00:00')).ids).toEqual(['office', 'always']);
    expect((await at('15:59:59')).ids).toEqual(['office', 'always']);
    expect((await at('16:00:00')).ids).toEqual(['always']);
    expect((await bench.step('hours', german))?.dropped).toEqual([{ gatewayId: 'office', why: 'outside its hours' }]);
  });

  it('drops a gateway that has no codec with the other side, where that is known', async () => {
    await bench.put({ id: 'a', codecs: ['PCMU', 'PCMA'] }, { id: 'o', codecs: ['opus', 'PCMU'] });
    expect((await bench.select(german, { codecs: ['opus', 'G722'] })).ids).toEqual(['o']);
    expect((await bench.select(german, { codecs: ['PCMU'] })).ids).toEqual(['a', 'o']);
    expect((await bench.select(german, { codecs: null })).ids).toEqual(['a', 'o']);
    expect((await bench.step('media', german, { codecs: ['opus'] }))?.dropped).toEqual([
      { gatewayId: 'a', why: 'no common codec: it speaks PCMU, PCMA' },
    ]);
  });

  it('drops a full gateway and one that has had its calls of this second', async () => {
    await bench.put({ id: 'full', maxCalls: 2 }, { id: 'paced', maxCallsPerSecond: 1 }, { id: 'z' });
    await claim('full', 1);
    expect((await bench.select()).ids).toEqual(['paced', 'z', 'full']);
    await claim('full', 2);
    await claim('paced', 1);
    expect((await bench.select()).ids).toEqual(['z']);
    expect((await bench.step('capacity'))?.dropped).toEqual([
      { gatewayId: 'full', why: 'full: 2 of 2 calls' },
      { gatewayId: 'paced', why: 'too many new calls: the next one in 1000 ms' },
    ]);
    await bench.clock.advanceAsync(1000);
    expect((await bench.select()).ids).toEqual(['z', 'paced']);
  });

  it('names the first twenty of many that were dropped, and counts the rest', async () => {
    const many = Array.from({ length: 1001 }, (_, index) => ({ id: `de${index}`, prefixes: ['+49'] }));
    await bench.put(...many, { id: 'us', prefixes: ['+1'] });
    const { ids, steps } = await bench.select();
    expect(ids).toEqual(['us']);
    expect(steps.find(({ step }) => step === 'prefix')?.dropped).toHaveLength(20);
    expect(steps.find(({ step }) => step === 'prefix')?.note).toBe('and 981 more');
    expect(JSON.stringify(steps).length).toBeLessThan(5000);
    const kept = await bench.select(german);
    expect(kept.ids).toHaveLength(1001);
    expect(JSON.stringify(kept.steps).length).toBeLessThan(5000);
  });

  it('names exactly twenty without counting', async () => {
    const many = Array.from({ length: 20 }, (_, index) => ({ id: `de${index}`, prefixes: ['+49'] }));
    await bench.put(...many, { id: 'us', prefixes: ['+1'] });
    const prefix = await bench.step('prefix');
    expect(prefix?.dropped).toHaveLength(20);
    expect(prefix?.note).toBeUndefined();
  });

  describe('by route', () => {
    beforeEach(async () => {
      await bench.put({ id: 'a' }, { id: 'b' }, { id: 'c', prefixes: ['+49'] }, { id: 'd', prefixes: ['+33'] });
    });

    it('takes the gateways that the route names as far as they serve the number at all', async () => {
      await bench.putRoutes({ id: 'r', name: 'Germany', prefixes: ['+49'], gateways: entries('b', 'c', 'd', 'gone') });
      expect(await bench.select(german)).toMatchObject({ ids: ['b', 'c'], routeId: 'r', strategy: 'priority' });
      expect(await bench.step('route', german)).toEqual({
        step: 'route',
        dropped: [
          { gatewayId: 'gone', why: 'there is no such gateway' },
          { gatewayId: 'a', why: 'not on this route' },
        ],
        note: 'Germany (r): 3 gateways, by priority',
      });
      expect((await bench.step('prefix', german))?.dropped).toEqual([
        { gatewayId: 'd', why: 'no prefix matches the number' },
      ]);
    });

    it('takes those with the longest prefix where the route names none', async () => {
      await bench.putRoutes({ id: 'r', strategy: 'leastCalls' });
      expect(await bench.select(german)).toMatchObject({ ids: ['c'], routeId: 'r', strategy: 'leastCalls' });
      expect((await bench.step('route', german))?.note).toBe('r: every gateway, by leastCalls');
    });

    it('tries no other route when that which matches has no usable gateway', async () => {
      await bench.putRoutes(
        { id: 'narrow', prefixes: ['+49'], gateways: entries('d') },
        { id: 'wide', gateways: entries('a') },
      );
      expect(await bench.select(german)).toMatchObject({ ids: [], routeId: 'narrow' });
      expect(await bench.select('+33142123456')).toMatchObject({ ids: ['a'], routeId: 'wide' });
    });

    it('counts priorities and weights of the route before those of the gateways', async () => {
      await bench.putRoutes({ id: 'r', gateways: [{ gatewayId: 'a', priority: 5 }, { gatewayId: 'b' }] });
      expect((await bench.select()).ids).toEqual(['b', 'a']);
      await claim('a', 2);
      await claim('b', 1);
      await bench.putRoutes({
        ...{ id: 'r', strategy: 'leastCalls' },
        gateways: [{ gatewayId: 'a', weight: 30 }, { gatewayId: 'b' }],
      });
      expect((await bench.select()).ids).toEqual(['a', 'b']);
    });

    it('asks for brand, groups, kind of number and hours of the call', async () => {
      const hours = { timeZone: 'UTC', windows: [{ days: ['thu'], from: '08:00', to: '18:00' }] };
      await bench.putRoutes(
        { id: 'brand', brands: ['b2'], gateways: entries('a') },
        { id: 'group', groups: ['sales'], gateways: entries('a') },
        { id: 'type', types: ['mobile'], gateways: entries('a') },
        { id: 'hours', hours, gateways: entries('a') },
      );
      const route = async (request: Parameters<ProxyBench['select']>[1]) =>
        (await bench.select(german, { atMs: Date.parse('2026-07-08T12:00:00Z'), ...request })).routeId;
      const caller = { brandId: 'b1' as BrandId, groups: ['ops', 'sales'] };
      expect(await route({})).toBeNull();
      expect(await route({ caller: { brandId: 'b2' as BrandId, groups: [] } })).toBe('brand');
      expect(await route({ caller })).toBe('group');
      expect(await route({ type: 'mobile' })).toBe('type');
      expect(await route({ type: 'fixedLine' })).toBeNull();
      expect(await route({ atMs: Date.parse('2026-07-09T08:00:00Z') })).toBe('hours');
    });
  });
});

function entries(...ids: string[]): { gatewayId: GatewayId }[] {
  return ids.map((gatewayId) => ({ gatewayId: id(gatewayId) }));
}

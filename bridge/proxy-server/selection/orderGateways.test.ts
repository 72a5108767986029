import { beforeEach, describe, expect, it } from 'vitest';
import { Dice } from '../testing/Dice.ts';
import { call, id, ProxyBench } from '../testing/ProxyBench.ts';

const regions = {
  frankfurt: { latitude: 50.11, longitude: 8.68 },
  london: { latitude: 51.51, longitude: -0.13 },
  sydney: { latitude: -33.87, longitude: 151.21 },
};

describe('the order of gateways', () => {
  let bench: ProxyBench;

  beforeEach(async () => {
    bench = await ProxyBench.create({ region: 'frankfurt', regions });
  });

  const by = (strategy: string) => bench.putRoutes({ id: 'r', strategy });
  const order = async () => (await bench.select()).ids;
  const claim = async (gatewayId: string, calls: number) => {
    const gateway = bench.proxyServer.gateway(id(gatewayId));
    if (!gateway) throw new Error(`no ${gatewayId}`);
    for (let index = 0; index < calls; index += 1)
      await bench.proxyServer.claim(gateway, call(`${gatewayId}-${index}`));
  };
  const price = (pricePerMinute: number, connectionFee = 0) => [{ prefix: '+1', pricePerMinute, connectionFee }];

  it('is by priority, then region, then price, then calls for the weight, then id', async () => {
    await bench.put(
      { id: 'g', priority: 2, region: 'frankfurt', costs: price(0.001) },
      { id: 'f', region: null, costs: price(0.001) },
      { id: 'e', region: 'london', costs: price(0.001) },
      { id: 'd', region: 'frankfurt' },
      { id: 'c', region: 'frankfurt', costs: price(0.02) },
      { id: 'b', region: 'frankfurt', costs: price(0.01), weight: 10 },
      { id: 'a2', region: 'frankfurt', costs: price(0.01), weight: 30 },
      { id: 'a1', region: 'frankfurt', costs: price(0.01), weight: 30 },
    );
    for (const gatewayId of ['a1', 'a2', 'b']) await claim(gatewayId, 2);
    expect(await order()).toEqual(['a1', 'a2', 'b', 'c', 'd', 'e', 'f', 'g']);
    await claim('b', 7);
    await claim('a1', 3);
    expect(await order()).toEqual(['a2', 'a1', 'b', 'c', 'd', 'e', 'f', 'g']);
  });

  it('is by the price of the longest prefix where the cheapest is wanted, unknown prices last', async () => {
    await bench.put(
      { id: 'a' },
      {
        id: 'b',
        costs: [
          { prefix: '+1', pricePerMinute: 0.01 },
          { prefix: '+1202', pricePerMinute: 0.05 },
        ],
      },
      { id: 'c', costs: [{ prefix: '+', pricePerMinute: 0.02 }] },
      { id: 'd', costs: price(0.02, 0.1) },
    );
    await by('cheapest');
    expect(await order()).toEqual(['c', 'd', 'b', 'a']);
    expect((await bench.select('+14165550100')).ids).toEqual(['b', 'c', 'd', 'a']);
  });

  it('is by calls for the weight where the least calls are wanted', async () => {
    await bench.put({ id: 'a', weight: 10, priority: 9 }, { id: 'b', weight: 20 });
    await claim('a', 1);
    await claim('b', 3);
    await by('leastCalls');
    expect(await order()).toEqual(['a', 'b']);
    await claim('a', 2);
    expect(await order()).toEqual(['b', 'a']);
  });

  it('is by distance where the nearest region is wanted: the own one, then by kilometres, unknown ones last', async () => {
    await bench.put(
      { id: 'a', region: null },
      { id: 'b', region: 'atlantis' },
      { id: 'c', region: 'sydney' },
      { id: 'd', region: 'london', priority: 9 },
      { id: 'e', region: 'frankfurt', priority: 10 },
    );
    await by('nearestRegion');
    expect(await order()).toEqual(['e', 'd', 'c', 'a', 'b']);
    expect((await bench.step('order'))?.note).toContain('d (638 km)');
  });

  it('is by lot in proportion to the weights where that is wanted', async () => {
    await bench.put({ id: 'a', weight: 10 }, { id: 'b', weight: 30 }, { id: 'c', weight: 60, priority: 9 });
    await by('weighted');
    const dice = new Dice(1);
    Object.defineProperty(bench, 'luck', { get: () => dice.next() });
    const firsts = { a: 0, b: 0, c: 0 };
    let secondsAfterC = 0;
    const draws = 6000;
    for (let draw = 0; draw < draws; draw += 1) {
      const [first, second] = (await order()) as (keyof typeof firsts)[];
      if (first) firsts[first] += 1;
      if (first === 'c' && second === 'b') secondsAfterC += 1;
    }
    // Five standard deviations are less than 0.033.
    expect(firsts.a / draws).toBeCloseTo(0.1, 1);
    expect(Math.abs(firsts.a / draws - 0.1)).toBeLessThan(0.033);
    expect(Math.abs(firsts.b / draws - 0.3)).toBeLessThan(0.033);
    expect(Math.abs(firsts.c / draws - 0.6)).toBeLessThan(0.033);
    // Of what is left the weights decide again.
    expect(Math.abs(secondsAfterC / firsts.c - 0.75)).toBeLessThan(0.04);
  });

  it('is by how recent calls went where the best quality is wanted, and gives the unknown a chance', async () => {
    await bench.put({ id: 'bad' }, { id: 'good', priority: 5 }, { id: 'new', priority: 9 });
    await by('bestQuality');
    const talk = async (gatewayId: string, calls: number, answered: number) => {
      for (let index = 0; index < calls; index += 1) {
        const about = { gatewayId: id(gatewayId), callId: call(`${gatewayId}-${index}`) };
        bench.proxyServer.report({ ...about, kind: 'tried' });
        bench.proxyServer.report({ ...about, kind: 'progressed', postDialDelayMs: 1000 });
        if (index < answered) bench.proxyServer.report({ ...about, kind: 'answered' });
        if (index < answered) bench.proxyServer.report({ ...about, kind: 'finished', mos: 4 });
      }
      await bench.clock.advanceAsync(7000);
    };
    await talk('bad', 9, 1);
    await talk('good', 10, 8);
    // Nine calls say nothing yet: by priority.
    expect(await order()).toEqual(['bad', 'good', 'new']);
    await talk('bad2', 0, 0);
    await talk('bad', 12, 1);
    expect(await order()).toEqual(['good', 'new', 'bad']);
  });
});

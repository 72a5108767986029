import { beforeEach, describe, expect, it } from 'vitest';
import { call, id, ProxyBench } from './testing/ProxyBench.ts';

describe('ProxyServer', () => {
  let bench: ProxyBench;

  beforeEach(async () => {
    bench = await ProxyBench.create();
    await bench.put({ id: 'a' }, { id: 'b', prefixes: ['+49'] }, { id: 'c', priority: 9 });
  });

  const emergency = (...named: string[]) => bench.select('112', { gatewayIds: named.map(id) });
  const gateway = (name: string) => {
    const found = bench.proxyServer.gateway(id(name));
    if (!found) throw new Error(`no ${name}`);
    return found;
  };

  it('selects by the number where no gateways are named', async () => {
    expect((await bench.select('+4930123456')).ids).toEqual(['b']);
    expect(await bench.select('+12025550100')).toMatchObject({ ids: ['a', 'c'], routeId: null, strategy: 'priority' });
  });

  it('takes the gateways that are named for emergency calls, in that order, whatever their prefixes and priorities', async () => {
    expect(await emergency('c', 'b', 'c')).toMatchObject({
      ids: ['c', 'b'],
      steps: [{ step: 'emergency', dropped: [], note: 'c, b' }],
      routeId: null,
      strategy: null,
    });
  });

  it('keeps a named gateway that is down, switched off or full, and says so', async () => {
    bench.sip.usual = { isReachable: false, problem: 'no answer' };
    await bench.watch();
    await bench.clock.advanceAsync(6000);
    await bench.put({ id: 'b', isEnabled: false, maxCalls: 1 }, { id: 'c', probes: { isOn: false } });
    await bench.proxyServer.claim(gateway('b'), call(1));
    const { ids, steps } = await emergency('a', 'b', 'c');
    expect(ids).toEqual(['a', 'b', 'c']);
    expect(steps[1]).toEqual({
      step: 'healthy',
      dropped: [],
      note: 'tried all the same: a (down: no answer), b (switched off; full: 1 of 1 calls)',
    });
  });

  it('drops only a named gateway that is not there, and says so', async () => {
    const { ids, steps } = await emergency('gone', 'a');
    expect(ids).toEqual(['a']);
    expect(steps[0]?.dropped).toEqual([{ gatewayId: 'gone', why: 'there is no such gateway' }]);
    expect((await emergency('gone')).ids).toEqual([]);
  });

  it('gives places within the bounds of a gateway, to emergency calls always, and takes them back', async () => {
    await bench.put({ id: 'a', maxCalls: 1 }, { id: 'b', maxCallsPerSecond: 1 });
    const { proxyServer } = bench;
    expect(await proxyServer.claim(gateway('a'), call(1))).toBe('claimed');
    expect(await proxyServer.claim(gateway('a'), call(2))).toBe('full');
    expect(await proxyServer.claim(gateway('a'), call(3), { isBound: false })).toBe('claimed');
    proxyServer.release(id('a'), call(1));
    proxyServer.release(id('a'), call(3));
    expect(await proxyServer.claim(gateway('a'), call(2))).toBe('claimed');
    expect(await proxyServer.claim(gateway('b'), call(1))).toBe('claimed');
    expect(await proxyServer.claim(gateway('b'), call(2))).toBe('tooFast');
    await bench.clock.advanceAsync(1000);
    expect(await proxyServer.claim(gateway('b'), call(2))).toBe('claimed');
  });

  it('knows a gateway that was added, changed or deleted as soon as it is told', async () => {
    await bench.put({ id: 'd', prefixes: ['+12025'] });
    expect((await bench.select()).ids).toEqual(['d']);
    await bench.put({ id: 'd', prefixes: ['+33'] });
    expect((await bench.select()).ids).toEqual(['a', 'c']);
    expect((await bench.select('+33142123456')).ids).toEqual(['d']);
    await bench.delete('d');
    expect((await bench.select('+33142123456')).ids).toEqual(['a', 'c']);
    expect(bench.proxyServer.gateway(id('d'))).toBeUndefined();
    expect(await bench.proxyServer.statusOf(id('d'))).toBeUndefined();
  });

  it('knows what another process changed within a second', async () => {
    await bench.stores.gateways.delete('b');
    await bench.clock.advanceAsync(1000);
    await bench.settle();
    expect((await bench.select('+4930123456')).ids).toEqual(['a', 'c']);
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { destination } from '../testing/FakeTrunks.ts';
import { id, ProxyBench, SharedStores } from '../testing/ProxyBench.ts';

const dead = { isReachable: false, problem: 'no answer' };
/** Between two probes of a gateway that is settled, and of one that isn't; without jitter. */
const [intervalMs, soonMs] = [30_000, 6000];

describe('GatewayMonitor', () => {
  let bench: ProxyBench;

  beforeEach(async () => {
    bench = await ProxyBench.create();
    await bench.put({ id: 'gw' });
    await bench.watch();
  });

  const state = () => bench.stateOf('gw');
  const up = async () => {
    await bench.clock.advanceAsync(soonMs);
    expect(await state()).toBe('up');
  };

  it('calls a gateway up only after as many answers in a row as the threshold says', async () => {
    expect(await state()).toBe('unknown');
    await bench.clock.advanceAsync(soonMs - 1);
    expect(await state()).toBe('unknown');
    await bench.clock.advanceAsync(1);
    expect(await state()).toBe('up');
    expect(await bench.proxyServer.statusOf(id('gw'))).toMatchObject({
      ...{ roundTripMs: 3, lastProbeAtMs: bench.clock.now(), problem: null, share: 1 },
      addresses: [{ transport: 'udp', address: '127.0.0.1', port: 5060, isReachable: true }],
    });
  });

  it('calls a gateway down at the threshold of failures and up again at that of answers', async () => {
    await up();
    bench.sip.usual = dead;
    await bench.clock.advanceAsync(intervalMs);
    expect(await state()).toBe('up');
    await bench.clock.advanceAsync(soonMs);
    expect(await state()).toBe('down');
    bench.sip.usual = { isReachable: true, status: 404 };
    await bench.clock.advanceAsync(intervalMs);
    expect(await state()).toBe('down');
    await bench.clock.advanceAsync(soonMs);
    expect(await state()).toBe('up');
    expect(bench.stateChanges.map(({ from, to, problem }) => [from, to, problem])).toEqual([
      ['unknown', 'up', null],
      ['up', 'down', 'no answer'],
      ['down', 'up', null],
    ]);
  });

  it('is up while any of its places answers, and tries those that don’t last', async () => {
    const places = [destination('192.0.2.1'), destination('192.0.2.2', 5080)];
    bench.sip.places.set('gw', places);
    bench.sip.answers.set('192.0.2.1:5060', dead);
    await bench.clock.advanceAsync(2 * intervalMs);
    expect(await state()).toBe('up');
    expect((await bench.proxyServer.statusOf(id('gw')))?.addresses).toMatchObject([
      { address: '192.0.2.1', isReachable: false },
      { address: '192.0.2.2', port: 5080, isReachable: true },
    ]);
    expect(bench.sip.failures.every(({ address }) => address === '192.0.2.1')).toBe(true);
    bench.sip.answers.set('192.0.2.2:5080', dead);
    await bench.clock.advanceAsync(2 * intervalMs);
    expect(await state()).toBe('down');
  });

  it('says that a name stands for no place', async () => {
    bench.sip.places.set('gw', new Error('There is no host of the name sip.example.'));
    await bench.clock.advanceAsync(2 * intervalMs);
    expect(await bench.proxyServer.statusOf(id('gw'))).toMatchObject({
      ...{ state: 'down', problem: 'There is no host of the name sip.example.', addresses: [] },
    });
  });

  it.each([
    [null, 404, 'up'],
    [null, 503, 'down'],
    [null, 408, 'down'],
    [[200], 404, 'down'],
    [[200, 404], 404, 'up'],
    [[503], 503, 'up'],
  ] as const)('with %j accepted takes %i for %s', async (acceptedStatuses, status, expected) => {
    bench.sip.usual = { isReachable: true, status };
    await bench.put({ id: 'gw', host: '127.0.0.2', probes: { acceptedStatuses } });
    await bench.clock.advanceAsync(2 * intervalMs);
    expect(await state()).toBe(expected);
  });

  it('leaves a gateway alone as long as its 503 asks for, and not longer', async () => {
    await up();
    bench.sip.usual = { isReachable: true, status: 503, retryAfterMs: 120_000 };
    await bench.clock.advanceAsync(intervalMs);
    expect(await bench.proxyServer.statusOf(id('gw'))).toMatchObject({
      ...{ state: 'resting', share: 0, resumeAtMs: bench.clock.now() + 120_000 },
    });
    const probes = bench.sip.probed.length;
    bench.sip.usual = { isReachable: true, status: 200 };
    await bench.clock.advanceAsync(119_999);
    expect(await state()).toBe('resting');
    expect(bench.sip.probed).toHaveLength(probes);
    await bench.clock.advanceAsync(1);
    expect(await state()).toBe('up');
    expect(bench.sip.probed).toHaveLength(probes + 1);
  });

  it('does not believe a gateway that wants to be left alone for days', async () => {
    bench.sip.usual = { isReachable: true, status: 503, retryAfterMs: 86_400_000 };
    await bench.clock.advanceAsync(soonMs);
    expect((await bench.proxyServer.statusOf(id('gw')))?.resumeAtMs).toBe(bench.clock.now() + 3_600_000);
  });

  describe('when a call got no answer', () => {
    const suspect = () =>
      bench.report('gw', { kind: 'failed', problem: 'no answer', isSilent: true, retryAfterMs: null });

    it('counts that as a failed probe, and probes at once', async () => {
      await up();
      bench.sip.usual = dead;
      const probes = bench.sip.probed.length;
      await suspect();
      expect(bench.sip.probed).toHaveLength(probes + 1);
      expect(await state()).toBe('down');
    });

    it('believes a gateway that answers its probe more than any number of calls at once', async () => {
      await up();
      const answer = Promise.withResolvers<void>();
      bench.sip.probing = answer.promise;
      await suspect();
      await suspect();
      await suspect();
      answer.resolve();
      await bench.settle();
      expect(await state()).toBe('up');
      expect(bench.statuses.get(id('gw'))?.probes.failures).toBe(0);
    });

    it('has only calls to go by where probes are off', async () => {
      await bench.put({ id: 'gw', probes: { isOn: false } });
      const probes = bench.sip.probed.length;
      bench.sip.usual = dead;
      await suspect();
      await suspect();
      await bench.clock.advanceAsync(10 * intervalMs);
      expect(bench.sip.probed).toHaveLength(probes);
      expect(await state()).toBe('unknown');
      await bench.report('gw', 'well');
      expect(await state()).toBe('up');
    });
  });

  it('probes a new gateway at once, and one that moved, which begins anew', async () => {
    await up();
    bench.sip.usual = dead;
    await bench.put({ id: 'new' });
    await bench.clock.advanceAsync(100);
    expect(bench.sip.probed.filter((one) => one === 'new')).toHaveLength(1);
    const probes = bench.sip.probed.length;
    await bench.put({ id: 'gw', name: 'Another name' });
    expect(bench.sip.probed).toHaveLength(probes);
    expect(await state()).toBe('up');
    await bench.put({ id: 'gw', host: '127.0.0.2' });
    expect(bench.sip.probed.length).toBe(probes + 1);
    expect(await state()).toBe('unknown');
    expect(bench.stateChanges.at(-1)).toMatchObject({ gatewayId: 'gw', from: 'up', to: 'unknown' });
  });

  it('asks no gateway that is switched off or deleted, and knows nothing of it any more', async () => {
    await up();
    await bench.put({ id: 'gw', isEnabled: false });
    expect(await state()).toBe('off');
    const probes = bench.sip.probed.length;
    await bench.clock.advanceAsync(3 * intervalMs);
    expect(bench.sip.probed).toHaveLength(probes);
    await bench.put({ id: 'gw' });
    expect(bench.sip.probed).toHaveLength(probes + 1);
    await bench.delete('gw');
    await bench.clock.advanceAsync(3 * intervalMs);
    expect(bench.sip.probed).toHaveLength(probes + 1);
    expect(await bench.stores.statuses.list()).toEqual([]);
    expect(await bench.stores.changes.list()).toEqual([]);
    expect(await bench.stores.figures.list()).toEqual([]);
  });

  it('spreads many that appear at once, and its probes afterwards', async () => {
    await bench.put(...Array.from({ length: 100 }, (_, index) => ({ id: `gw${index}` })));
    const begun = bench.sip.probed.length;
    await bench.clock.advanceAsync(250);
    expect(bench.sip.probed.length - begun).toBeGreaterThan(40);
    expect(bench.sip.probed.length - begun).toBeLessThan(60);
  });

  it('leaves no timer behind', async () => {
    await up();
    await bench.close();
    expect(bench.clock.pendingTimers).toBe(0);
  });
});

describe('two call servers that share the states of gateways', () => {
  let stores: SharedStores;
  let one: ProxyBench;
  let other: ProxyBench;

  beforeEach(async () => {
    stores = new SharedStores();
    one = await ProxyBench.create({ stores, callServerId: 's1' });
    await one.put({ id: 'gw' });
    other = await ProxyBench.create({ stores, callServerId: 's2', clock: one.clock });
    await one.watch();
    await other.watch();
  });

  const probes = () => one.sip.probed.length + other.sip.probed.length;

  it('ask a gateway no more often than one of them would, and count each answer once', async () => {
    expect(probes()).toBe(1);
    expect(one.statuses.get(id('gw'))?.probes.successes).toBe(1);
    await one.clock.advanceAsync(soonMs);
    expect(probes()).toBe(2);
    expect(await other.stateOf('gw')).toBe('up');
    await one.clock.advanceAsync(10 * intervalMs);
    expect(probes()).toBe(12);
    expect([...one.stateChanges, ...other.stateChanges]).toHaveLength(1);
  });

  it('go on when one of them is gone', async () => {
    await one.close();
    const before = probes();
    await one.clock.advanceAsync(3 * intervalMs);
    expect(other.sip.probed.length).toBeGreaterThan(1);
    expect(probes()).toBeGreaterThan(before + 1);
    expect(await other.stateOf('gw')).toBe('up');
  });
});

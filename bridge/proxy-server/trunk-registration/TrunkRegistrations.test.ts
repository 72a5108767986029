import { beforeEach, describe, expect, it } from 'vitest';
import { id, ProxyBench, SharedStores } from '../testing/ProxyBench.ts';

const credentials = { userName: 'trunk', password: 'secret' };
const trunk = { id: 'trunk', credentials, registration: { expiresSeconds: 600 } };

describe('TrunkRegistrations', () => {
  let bench: ProxyBench;

  beforeEach(async () => {
    bench = await ProxyBench.create();
    await bench.put(trunk, { id: 'plain', priority: 9 });
    await bench.watch();
  });

  const last = () => {
    const made = bench.sip.registrations.at(-1);
    if (!made) throw new Error('nothing was registered');
    return made;
  };
  const registered = (forMs = 600_000) =>
    ({ state: 'registered', expiresAtMs: bench.clock.now() + forMs, problem: null }) as const;
  const become = async (state: Parameters<ReturnType<typeof last>['registration']['become']>[0]) => {
    last().registration.become(state);
    await bench.settle();
  };
  const view = () => bench.proxyServer.statusOf(id('trunk'));

  it('registers with the gateways that want it, and with no others', async () => {
    expect(bench.sip.registrations.map(({ peer }) => peer.id)).toEqual(['trunk']);
    expect(last().peer.credentials).toEqual(credentials);
    expect((await view())?.registration).toEqual({ state: 'trying', expiresAtMs: null, problem: null });
    expect((await bench.proxyServer.statusOf(id('plain')))?.registration).toBeNull();
  });

  it('lets no calls go to a gateway that does not know us yet, or no longer', async () => {
    await bench.clock.advanceAsync(7000);
    expect((await bench.select()).ids).toEqual(['plain']);
    expect((await bench.step('healthy'))?.dropped).toEqual([{ gatewayId: 'trunk', why: 'not registered yet' }]);
    await become(registered());
    expect((await bench.select()).ids).toEqual(['trunk', 'plain']);
    expect(await view()).toMatchObject({ state: 'up', registration: { state: 'registered' } });
    await become({ state: 'failed', expiresAtMs: null, problem: 'answered 403' });
    expect((await bench.select()).ids).toEqual(['plain']);
    expect(await view()).toMatchObject({ state: 'down', problem: 'not registered: answered 403' });
    await become(registered());
    expect(await view()).toMatchObject({ state: 'up', problem: null });
    expect(bench.stateChanges.map(({ from, to }) => `${from}>${to}`)).toEqual([
      ...['unknown>up', 'unknown>up', 'up>down', 'down>up'],
    ]);
  });

  it('counts on a registration that is being renewed until it runs out', async () => {
    await become(registered());
    await become({ state: 'trying', expiresAtMs: bench.clock.now() + 5000, problem: 'no answer' });
    await bench.clock.advanceAsync(4999);
    expect((await bench.select()).ids).toEqual(['trunk', 'plain']);
    await bench.clock.advanceAsync(1);
    expect((await bench.select()).ids).toEqual(['plain']);
    expect(await view()).toMatchObject({ state: 'down', problem: 'not registered: no answer' });
  });

  it('begins anew when it is reached or registered with in another way, and not for a new name', async () => {
    const first = last().registration;
    await become(registered());
    await bench.put({ ...trunk, name: 'Our trunk' });
    expect(last().registration).toBe(first);
    expect(await bench.stateOf('trunk')).toBe('unknown');
    await bench.put({ ...trunk, host: '127.0.0.2' });
    expect(first.isClosed).toBe(true);
    expect(last().registration).not.toBe(first);
    expect((await bench.select()).ids).toEqual(['plain']);
    await become(registered());
    expect((await bench.select()).ids).toEqual(['trunk', 'plain']);
    await bench.put({ ...trunk, host: '127.0.0.2', registration: { expiresSeconds: 60 } });
    expect(bench.sip.registrations).toHaveLength(3);
  });

  it('ends with the entry, its switch or its wish, and does not listen any more', async () => {
    for (const change of [{ isEnabled: false }, { registration: null }]) {
      await bench.put(trunk);
      const { registration } = last();
      await bench.put({ ...trunk, ...change });
      expect(registration.isClosed).toBe(true);
      expect(registration.listenerCount('changed')).toBe(0);
      expect((await view())?.registration).toBeNull();
    }
    await bench.put(trunk);
    const { registration } = last();
    await bench.delete('trunk');
    expect(registration.isClosed).toBe(true);
    expect(await bench.stores.statuses.get('trunk')).toBeUndefined();
  });

  it('registers at once with a gateway that was down: it may have forgotten us', async () => {
    await become(registered());
    await bench.clock.advanceAsync(6000);
    const { registration } = last();
    expect(registration.refreshes).toBe(0);
    bench.sip.usual = { isReachable: false, problem: 'no answer' };
    await bench.clock.advanceAsync(60_000);
    expect(await bench.stateOf('trunk')).toBe('down');
    bench.sip.usual = { isReachable: true, status: 200 };
    await bench.clock.advanceAsync(60_000);
    expect(await bench.stateOf('trunk')).toBe('up');
    expect(registration.refreshes).toBe(1);
  });

  it('unregisters everywhere when it is closed', async () => {
    const { registration } = last();
    await bench.close();
    expect(registration.isClosed).toBe(true);
    expect(bench.clock.pendingTimers).toBe(0);
  });

  it('counts for calls of its own call server alone', async () => {
    const stores = new SharedStores();
    const one = await ProxyBench.create({ stores });
    await one.put(trunk, { id: 'plain', priority: 9 });
    const other = await ProxyBench.create({ stores, clock: one.clock, callServerId: 's2' });
    await one.watch();
    await other.watch();
    one.sip.registrations[0]?.registration.become({
      ...{ state: 'registered', expiresAtMs: one.clock.now() + 600_000, problem: null },
    });
    await one.clock.advanceAsync(1000);
    expect((await one.select()).ids).toEqual(['trunk', 'plain']);
    expect((await other.select()).ids).toEqual(['plain']);
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { call, id, ProxyBench, SharedStores } from '../testing/ProxyBench.ts';

const six = Array.from({ length: 6 }, () => 'failed' as const);
const five = Array.from({ length: 5 }, () => 'well' as const);

describe('CallReports', () => {
  let bench: ProxyBench;

  beforeEach(async () => {
    bench = await ProxyBench.create();
    await bench.put({ id: 'gw' }, { id: 'spare', priority: 9 });
  });

  const status = () => bench.proxyServer.statusOf(id('gw'));

  it('takes out a gateway that fails half its calls, and lets it back gradually', async () => {
    await bench.report('gw', ...six);
    expect(await status()).toMatchObject({
      ...{ state: 'down', share: 0, problem: '6 of its last 6 calls failed: answered 500' },
      resumeAtMs: bench.clock.now() + 30_000,
    });
    expect((await bench.select()).ids).toEqual(['spare']);
    await bench.clock.advanceAsync(29_999);
    expect((await status())?.state).toBe('down');
    await bench.clock.advanceAsync(1);
    await bench.settle();
    expect(await status()).toMatchObject({ state: 'returning', share: 0.1, problem: null });
    for (const share of [0.25, 0.5, 1]) {
      await bench.report('gw', ...five);
      expect(await status()).toMatchObject({ state: 'returning', share });
    }
    await bench.report('gw', ...five);
    expect(await status()).toMatchObject({ state: 'up', share: 1 });
    expect(bench.stateChanges.map(({ to }) => to)).toEqual(['down', 'returning', 'up']);
  });

  it('gives one that returns its share of calls, and puts it last in the others', async () => {
    await bench.report('gw', ...six);
    await bench.clock.advanceAsync(30_000);
    bench.luck = 0.0999;
    expect((await bench.select()).ids).toEqual(['gw', 'spare']);
    bench.luck = 0.1;
    expect((await bench.select()).ids).toEqual(['spare', 'gw']);
    await bench.report('gw', ...five);
    bench.luck = 0.2499;
    expect((await bench.select()).ids).toEqual(['gw', 'spare']);
    await bench.report('gw', ...five, ...five);
    bench.luck = 0.9999;
    expect((await bench.select()).ids).toEqual(['gw', 'spare']);
  });

  it('takes it out again for twice as long when a call fails on its way back', async () => {
    await bench.report('gw', ...six);
    await bench.clock.advanceAsync(30_000);
    await bench.report('gw', 'failed');
    expect(await status()).toMatchObject({ state: 'down', resumeAtMs: bench.clock.now() + 60_000 });
  });

  it('takes nothing amiss that is the called party’s doing', async () => {
    const refused = Array.from({ length: 20 }, () => ({ kind: 'refused', sipStatus: 486 }) as const);
    await bench.report('gw', ...refused);
    expect(await status()).toMatchObject({ share: 1, problem: null });
  });

  it('judges it by our calls alone, however many calls of its own go well or are not taken', async () => {
    const about = { gatewayId: id('gw'), isIncoming: true } as const;
    for (let index = 0; index < 20; index += 1) {
      const callId = call(1000 + index);
      bench.proxyServer.report({ ...about, callId, kind: 'tried' });
      bench.proxyServer.report({
        ...about,
        callId,
        ...(index % 2 ? { kind: 'answered' } : { kind: 'refused', sipStatus: 480 }),
      });
      bench.proxyServer.report({ ...about, callId, kind: 'finished', mos: 4 });
    }
    await bench.report('gw', ...six);
    expect(await status()).toMatchObject({ state: 'down', lastHour: { tried: 0, answered: 0, failed: 6, mos: 4 } });
  });

  it('counts a call once, whatever it reports again', async () => {
    const about = { gatewayId: id('gw'), callId: call(1) };
    for (let again = 0; again < 10; again += 1) {
      bench.proxyServer.report({ ...about, kind: 'tried' });
      bench.proxyServer.report({ ...about, kind: 'failed', problem: 'busy', isSilent: false, retryAfterMs: null });
    }
    await bench.settle();
    expect(await status()).toMatchObject({ share: 1, lastHour: { tried: 1, failed: 1 } });
  });

  it('leaves a gateway alone that said 503 with Retry-After to a call, until its time is over', async () => {
    await bench.report('gw', { kind: 'failed', problem: 'answered 503', isSilent: false, retryAfterMs: 20_000 });
    expect(await status()).toMatchObject({ state: 'resting', resumeAtMs: bench.clock.now() + 20_000 });
    expect((await bench.select()).ids).toEqual(['spare']);
    expect((await bench.step('healthy'))?.dropped).toEqual([
      { gatewayId: 'gw', why: 'asked to be left alone for another 20 s' },
    ]);
    await bench.clock.advanceAsync(19_999);
    expect((await bench.select()).ids).toEqual(['spare']);
    await bench.clock.advanceAsync(1);
    expect((await bench.select()).ids).toEqual(['gw', 'spare']);
    expect(bench.stateChanges.map(({ to }) => to)).toEqual(['resting', 'unknown']);
  });

  it('tries gateways that are out when no other is left', async () => {
    await bench.delete('spare');
    await bench.report('gw', ...six);
    expect((await bench.select()).ids).toEqual(['gw']);
    expect((await bench.step('healthy'))?.note).toBe('none is healthy: they are tried all the same');
  });

  it('counts the calls of all call servers together, and tells a change once', async () => {
    const stores = new SharedStores();
    const one = await ProxyBench.create({ stores });
    await one.put({ id: 'gw' });
    const other = await ProxyBench.create({ stores, clock: one.clock, callServerId: 's2' });
    await one.report('gw', ...six.slice(3));
    await other.report('gw', ...six.slice(3));
    await one.clock.advanceAsync(1000);
    expect(await one.stateOf('gw')).toBe('down');
    expect(await other.stateOf('gw')).toBe('down');
    expect([...one.stateChanges, ...other.stateChanges].map(({ to }) => to)).toEqual(['down']);
    expect((await one.proxyServer.statusOf(id('gw')))?.lastHour.failed).toBe(6);
    expect((await other.proxyServer.statusOf(id('gw')))?.changes).toMatchObject([{ from: 'unknown', to: 'down' }]);
  });

  it('keeps the last fifty changes of a gateway, newest first', async () => {
    for (let round = 0; round < 30; round += 1) {
      await bench.report('gw', { kind: 'failed', problem: 'answered 503', isSilent: false, retryAfterMs: 1000 });
      await bench.clock.advanceAsync(400_000);
    }
    const changes = (await status())?.changes ?? [];
    expect(changes).toHaveLength(50);
    expect(changes[0]?.atMs).toBeGreaterThan(changes[49]?.atMs ?? 0);
    expect(changes[0]).toMatchObject({ from: 'resting', to: 'unknown', problem: null });
    expect(changes[1]).toMatchObject({ from: 'unknown', to: 'resting' });
  });
});

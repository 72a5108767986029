import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../observability/FakeClock.ts';
import { call, id, ProxyBench, SharedStores } from '../testing/ProxyBench.ts';
import { quarterMs } from './quarters.ts';

const hourMs = 3_600_000;
const midnight = Date.parse('2026-07-09T00:00:00Z');

describe('the figures of gateways', () => {
  let stores: SharedStores;
  let clock: FakeClock;
  let bench: ProxyBench;

  beforeEach(async () => {
    stores = new SharedStores();
    clock = new FakeClock(midnight);
    bench = await ProxyBench.create({ stores, clock });
    await bench.put({ id: 'gw', maxCalls: 7 });
  });

  const view = async (of = bench) => {
    const found = await of.proxyServer.statusOf(id('gw'));
    if (!found) throw new Error('no status');
    return found;
  };
  let calls = 0;
  const talk = (of = bench, { delayMs = 1000, mos = 4 as number | null } = {}) => {
    calls += 1;
    const about = { gatewayId: id('gw'), callId: call(calls) };
    of.proxyServer.report({ ...about, kind: 'tried' });
    of.proxyServer.report({ ...about, kind: 'progressed', postDialDelayMs: delayMs });
    of.proxyServer.report({ ...about, kind: 'answered' });
    of.proxyServer.report({ ...about, kind: 'finished', mos });
    of.proxyServer.release(id('gw'), about.callId);
  };
  const tryInVain = () => bench.report('gw', { kind: 'tried' });

  it('tell answers among tries, the mean delay and the mean of what was heard', async () => {
    talk(bench, { delayMs: 1000, mos: 4 });
    talk(bench, { delayMs: 2000, mos: 3 });
    talk(bench, { delayMs: 3000, mos: null });
    await tryInVain();
    expect((await view()).lastHour).toEqual({
      ...{ tried: 4, answered: 3, failed: 0, answerRate: 0.75, postDialDelayMs: 2000, mos: 3.5 },
    });
  });

  it('know nothing where nobody called', async () => {
    const { lastHour, history } = await view();
    const nothing = { tried: 0, answered: 0, failed: 0, answerRate: null, postDialDelayMs: null, mos: null };
    expect(lastHour).toEqual(nothing);
    expect(history).toHaveLength(96);
    expect(history[95]).toEqual({ ...nothing, fromMs: midnight, toMs: midnight + quarterMs, wasDown: false });
    expect(history[0]?.fromMs).toBe(midnight - 95 * quarterMs);
  });

  it('are kept by quarters of an hour, to the millisecond', async () => {
    await clock.advanceAsync(quarterMs - 1);
    talk();
    await clock.advanceAsync(1);
    talk();
    talk();
    const { history } = await view();
    expect(history.slice(-3).map(({ fromMs, tried }) => [fromMs - midnight, tried])).toEqual([
      [-quarterMs, 0],
      [0, 1],
      [quarterMs, 2],
    ]);
  });

  it('of the last hour are those of this quarter and the three before it', async () => {
    talk();
    await clock.advanceAsync(hourMs - 1);
    expect((await view()).lastHour.tried).toBe(1);
    await clock.advanceAsync(1);
    expect((await view()).lastHour.tried).toBe(0);
  });

  it('go after a day', async () => {
    talk();
    await clock.advanceAsync(96 * quarterMs - 1);
    talk();
    expect((await view()).history[0]?.tried).toBe(1);
    await clock.advanceAsync(1);
    talk();
    expect((await view()).history.map(({ tried }) => tried).filter((tried) => tried > 0)).toEqual([1, 1]);
    expect((await stores.figures.get('gw'))?.quarters).toHaveLength(2);
  });

  it('add up what all call servers count', async () => {
    const other = await ProxyBench.create({ stores, clock, callServerId: 's2' });
    talk(bench);
    talk(other);
    await other.close();
    expect((await view()).lastHour.tried).toBe(2);
  });

  it('say when the gateway was down, also while it is', async () => {
    await bench.watch();
    await bench.report('gw', ...Array.from({ length: 6 }, () => 'failed' as const));
    expect((await view()).history.map(({ wasDown }) => wasDown).lastIndexOf(false)).toBe(94);
    await clock.advanceAsync(30_000);
    await clock.advanceAsync(quarterMs);
    const { history, state } = await view();
    expect(state).toBe('returning');
    expect(history.slice(-3).map(({ wasDown }) => wasDown)).toEqual([false, true, false]);
  });

  it('tell the calls of now and how many there may be', async () => {
    const gateway = bench.proxyServer.gateway(id('gw'));
    if (gateway) await bench.proxyServer.claim(gateway, call('now'));
    expect(await bench.proxyServer.statuses()).toMatchObject([{ gatewayId: 'gw', calls: 1, maxCalls: 7 }]);
  });
});

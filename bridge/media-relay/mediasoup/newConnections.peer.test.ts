import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { WeriftBrowser } from '../test-peers/index.ts';
import { expectOneStream, hasWorker, RelayBench, until } from './testing/RelayBench.ts';

describe.skipIf(!hasWorker)('Another offer of the browser', { timeout: 30_000 }, () => {
  let bench: RelayBench;
  beforeAll(async () => {
    bench = await RelayBench.open([41_060, 41_089]);
  });
  afterEach(() => bench.clear());
  afterAll(() => bench.close());

  it('brings the audio back on a new connection of the browser, with the gateway untouched', async () => {
    const { session, gateway } = await bench.call({ codec: 'PCMU' });
    const reloaded = bench.keep(new WeriftBrowser());
    let replaced = 0;
    session.on('browserReplaced', () => {
      replaced += 1;
    });
    await reloaded.accept(await session.acceptBrowserOffer(await reloaded.offer()));
    expect(replaced).toBe(1);
    reloaded.speak('PCMU', 0xb0);
    const before = gateway.heard.length;
    await vi.waitFor(() => {
      expect(gateway.heard.length).toBeGreaterThan(before + 10);
      expect(reloaded.heard.length).toBeGreaterThan(10);
    }, until);
    expectOneStream(gateway.heard);
  });

  it('keeps the connection when the same one offers again', async () => {
    const { session, browser } = await bench.call({ codec: 'PCMU' });
    session.on('browserReplaced', () => expect.unreachable('it is the same connection'));
    const again = await session.acceptBrowserOffer(await browser.offer());
    const before = browser.heard.length;
    await browser.accept(again);
    await vi.waitFor(() => expect(browser.heard.length).toBeGreaterThan(before + 10), until);
    expect(await bench.relay.holdings()).toMatchObject({ routers: 1, transports: 2 });
  });

  it('gets over the death of the worker by a new offer, with the gateway untouched', async () => {
    const { session, gateway } = await bench.call({ codec: 'PCMU' });
    const lost = new Promise<void>((resolve) => session.once('workerLost', resolve));
    const [pid] = bench.relay.workerPids();
    process.kill(pid ?? 0, 'SIGKILL');
    await lost;
    await vi.waitFor(() => expect(bench.relay.workerPids()[0] ?? pid).not.toBe(pid), until);
    const reloaded = bench.keep(new WeriftBrowser());
    await reloaded.accept(await session.acceptBrowserOffer(await reloaded.offer()));
    reloaded.speak('PCMU', 0xb0);
    const before = gateway.heard.length;
    await vi.waitFor(() => {
      expect(gateway.heard.length).toBeGreaterThan(before + 10);
      expect(reloaded.heard.length).toBeGreaterThan(10);
    }, until);
    expectOneStream(gateway.heard);
  });
});

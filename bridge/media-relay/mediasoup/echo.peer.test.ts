import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { WeriftBrowser } from '../test-peers/index.ts';
import { hasWorker, RelayBench, until } from './testing/RelayBench.ts';

describe.skipIf(!hasWorker)('An echo of the media relay', { timeout: 30_000 }, () => {
  let bench: RelayBench;
  beforeAll(async () => {
    bench = await RelayBench.open([41_330, 41_339]);
  });
  afterEach(() => bench.clear());
  afterAll(() => bench.close());

  /** A browser that speaks to the echo. */
  async function speak(echo: { acceptBrowserOffer(offer: string): Promise<string> }, mark: number) {
    const browser = bench.keep(new WeriftBrowser());
    const answer = await echo.acceptBrowserOffer(await browser.offer());
    await browser.accept(answer);
    browser.speak('opus', mark);
    return { browser, answer };
  }

  it('gives a browser back what it sends, without any port towards gateways', async () => {
    const echo = bench.keep(bench.relay.createEchoSession());
    const { browser } = await speak(echo, 0xb0);
    await vi.waitFor(() => expect(browser.heard.length).toBeGreaterThan(20), until);
    expect(new Set(browser.heard.map(({ payload }) => payload[0]))).toEqual(new Set([0xb0]));
    const held = await bench.relay.holdings();
    expect(held).toMatchObject({ sessions: 1, routers: 1, transports: 1, rtpLegs: 0, gatewayPorts: 0 });
  });

  it('asks for lost packets again, and may be asked', async () => {
    const echo = bench.keep(bench.relay.createEchoSession());
    expect((await speak(echo, 0xb0)).answer).toMatch(/^a=rtcp-fb:\d+ nack\r$/m);
  });

  it('follows a browser that makes another connection', async () => {
    const echo = bench.keep(bench.relay.createEchoSession());
    await speak(echo, 0xb0);
    const { browser } = await speak(echo, 0xb1);
    await vi.waitFor(() => expect(browser.heard.length).toBeGreaterThan(5), until);
    expect(await bench.relay.holdings()).toMatchObject({ routers: 1, transports: 1 });
  });

  it('refuses what is no offer, and everything once it is closed', async () => {
    const echo = bench.relay.createEchoSession();
    await expect(echo.acceptBrowserOffer('v=0')).rejects.toMatchObject({ code: 'badOffer' });
    await echo.close();
    await echo.close();
    const browser = bench.keep(new WeriftBrowser());
    await expect(echo.acceptBrowserOffer(await browser.offer())).rejects.toMatchObject({ code: 'closed' });
  });
});

import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { WeriftBrowser } from '../test-peers/index.ts';
import { expectOneStream, hasWorker, RelayBench, until } from './testing/RelayBench.ts';

const isSilence = ({ payload }: { payload: Buffer }) => payload.every((byte) => byte === 0xff);

describe.skipIf(!hasWorker)('A call whose browser is away', { timeout: 30_000 }, () => {
  let bench: RelayBench;

  beforeAll(async () => {
    bench = await RelayBench.open([41_320, 41_339], 600);
  });
  afterAll(() => bench.close());
  afterEach(() => bench.clear());

  it('frees the browser’s side and sends the gateway 50 frames of silence a second', async () => {
    const { session, gateway } = await bench.call({ codec: 'PCMU' });
    await session.releaseBrowser();
    expect(await bench.relay.holdings()).toMatchObject({ sessions: 1, routers: 0, transports: 0, rtpLegs: 1 });
    await vi.waitFor(() => expect(gateway.heard.slice(-3).every(isSilence)).toBe(true), until);
    const first = { index: gateway.heard.length - 1, atMs: performance.now() };
    await vi.waitFor(() => expect(gateway.heard.length).toBeGreaterThan(first.index + 75), until);
    const elapsedMs = performance.now() - first.atMs;
    const silence = gateway.heard.slice(first.index);
    expect(silence.every(isSilence)).toBe(true);
    // The stream's clock and ours agree; a busy machine may have skipped frames, and none comes too much.
    const [start, end] = [silence[0]?.timestamp ?? 0, silence[silence.length - 1]?.timestamp ?? 0];
    expect(Math.abs(((end - start) >>> 0) / 8 - elapsedMs)).toBeLessThan(200);
    expect((silence.length * 1000) / elapsedMs).toBeLessThan(60);
    expectOneStream(gateway.heard);
  });

  it('goes on with the next browser, in the stream of the silence', async () => {
    const { session, gateway, offer } = await bench.call({ codec: 'PCMU' });
    await session.releaseBrowser();
    await vi.waitFor(() => expect(gateway.heard.slice(-3).every(isSilence)).toBe(true), until);
    const next = bench.keep(new WeriftBrowser());
    await next.accept(await session.acceptBrowserOffer(await next.offer()));
    next.speak('PCMU', 0xb4);
    gateway.speak(offer, { codec: 'PCMU', ssrc: 1111, mark: 0xa4 });
    await vi.waitFor(() => {
      expect(gateway.heard.slice(-3).every(({ payload }) => payload[0] === 0xb4)).toBe(true);
      expect(next.heard.some(({ payload }) => payload[0] === 0xa4)).toBe(true);
    }, until);
    expectOneStream(gateway.heard);
  });

  it('plays what it is told to while nobody is there', async () => {
    const { session, gateway } = await bench.call({ codec: 'PCMU' });
    await session.releaseBrowser();
    session.play('ringback');
    await vi.waitFor(() => expect(gateway.heard.slice(-3).some(isSilence)).toBe(false), until);
    session.play(null);
    await vi.waitFor(() => expect(gateway.heard.slice(-3).every(isSilence)).toBe(true), until);
  });

  it('is told of once audio stops on either side, and once it comes again', async () => {
    const { session, browser, gateway, offer } = await bench.call({ codec: 'PCMU' });
    const told: string[] = [];
    session.on('audioStopped', ({ from }) => told.push(`${from} stopped`));
    session.on('audioResumed', ({ from }) => told.push(`${from} resumed`));
    browser.fallSilent();
    await vi.waitFor(() => expect(told).toEqual(['browser stopped']), until);
    gateway.fallSilent();
    await vi.waitFor(() => expect(told).toEqual(['browser stopped', 'gateway stopped']), until);
    gateway.speak(offer, { codec: 'PCMU', ssrc: 1111, mark: 0xa0 });
    await vi.waitFor(() => expect(told[2]).toBe('gateway resumed'), until);
    browser.speak('PCMU', 0xb0);
    await vi.waitFor(() => expect(told[3]).toBe('browser resumed'), until);
    expect(told).toHaveLength(4);
  });

  it('misses nobody while one side holds the other, or the gate is closed', async () => {
    const { session, browser, gateway, offer } = await bench.call({ codec: 'PCMU' });
    const told: string[] = [];
    session.on('audioStopped', ({ from }) => told.push(from));
    const description = (direction: string) => gateway.description({ codec: 'PCMU', direction });
    const silentFor = async (ms: number) => {
      const fromMs = performance.now();
      await vi.waitFor(() => expect(performance.now() - fromMs).toBeGreaterThan(ms), until);
    };
    browser.fallSilent();
    gateway.fallSilent();
    session.setGate(false);
    await silentFor(1200);
    await session.answerGatewayOffer(description('sendonly'));
    session.setGate(true);
    await silentFor(1200);
    expect(told).toEqual([]);
    // It would have been noticed.
    expect(await session.answerGatewayOffer(description('sendrecv'))).toContain('a=sendrecv');
    await vi.waitFor(() => expect([...told].sort()).toEqual(['browser', 'gateway']), until);
    gateway.speak(offer, { codec: 'PCMU', ssrc: 1111, mark: 0xa0 });
  });
});

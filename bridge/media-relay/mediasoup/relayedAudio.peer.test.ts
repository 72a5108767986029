import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { MediaSession } from '../port/index.ts';
import { portOf, UdpGateway, WeriftBrowser } from '../test-peers/index.ts';
import { expectOneStream, hasWorker, RelayBench, until } from './testing/RelayBench.ts';

describe.skipIf(!hasWorker)('Audio between a browser and a gateway', { timeout: 30_000 }, () => {
  let bench: RelayBench;
  beforeAll(async () => {
    bench = await RelayBench.open([41_000, 41_029]);
  });
  afterEach(() => bench.clear());
  afterAll(() => bench.close());

  it.each([
    ['opus', 111],
    ['PCMU', 0],
  ] as const)('passes %s both ways, unchanged and without a gap', async (codec, payloadType) => {
    const { browser, gateway, answer, offer, session } = await bench.call({ codec });
    expect(answer).toEqual({ codec, dtmfPayloadType: 101, direction: 'sendrecv' });
    expect(new Set(gateway.heard.map((packet) => packet.payloadType))).toEqual(new Set([payloadType]));
    expect(gateway.heard.every((packet) => !packet.hasExtension && packet.payload.every((byte) => byte === 0xb0))).toBe(
      true,
    );
    expect(new Set(gateway.heard.map(({ fromPort }) => fromPort))).toEqual(new Set([portOf(offer)]));
    expectOneStream(gateway.heard);
    const heard = browser.heard.filter(({ payload }) => payload[0] === 0xa0);
    expect(heard.every((packet) => packet.payloadType === payloadType)).toBe(true);
    expectOneStream(heard);
    const stats = await session.stats();
    expect(stats.codec).toBe(codec);
    expect(stats.gateway).toMatchObject({ packetsLost: 0 });
    expect(stats.gateway.packetsOut).toBeGreaterThan(5);
    expect(stats.browser.packetsIn).toBeGreaterThan(5);
  });

  it('has the browser switch when the gateway chooses another codec, and audio passes both ways', async () => {
    const { browser, gateway, chosen } = await bench.call({ codec: 'PCMU', browserFirst: 'opus' });
    expect(chosen).toEqual(['PCMU']);
    expect(gateway.heard.every((packet) => packet.payloadType === 0)).toBe(true);
    expect(browser.heard[browser.heard.length - 1]?.payloadType).toBe(0);
    expect(new Set(browser.heard.map(({ ssrc }) => ssrc)).size).toBe(1);
  });

  it('goes on without a gap when the gateway’s SSRC changes', async () => {
    const { browser, gateway, offer } = await bench.call({ codec: 'PCMU' });
    const before = browser.heard.length;
    gateway.speak(offer, { codec: 'PCMU', ssrc: 2222, mark: 0xa1 });
    await vi.waitFor(() => expect(browser.heard.length).toBeGreaterThan(before + 10), until);
    expect(browser.heard.some(({ payload }) => payload[0] === 0xa1)).toBe(true);
    expectOneStream(browser.heard.filter(({ payload }) => payload[0] === 0xa0 || payload[0] === 0xa1));
  });

  it('maps a payload type of the gateway’s own', async () => {
    const session = bench.keep(bench.relay.createSession({ callId: 'c', codecs: ['opus'] }));
    const browser = bench.keep(new WeriftBrowser());
    const gateway = bench.keep(await UdpGateway.open());
    const offer = await session.createGatewayOffer({ codecs: ['opus'] });
    await session.applyGatewayAnswer(gateway.description({ codec: 'opus', payloadType: 97 }));
    await browser.accept(await session.acceptBrowserOffer(await browser.offer()));
    browser.speak('opus', 0xb0);
    gateway.speak(offer, { codec: 'opus', ssrc: 5, mark: 0xa0, payloadType: 97 });
    await vi.waitFor(() => {
      expect(gateway.heard.some(({ payloadType }) => payloadType === 97)).toBe(true);
      expect(browser.heard.some(({ payload, payloadType }) => payload[0] === 0xa0 && payloadType === 111)).toBe(true);
    }, until);
  });

  it('follows the gateway to another address, to hold and back in renegotiations', async () => {
    const { session, gateway, browser } = await bench.call({ codec: 'PCMU' });
    const other = bench.keep(await UdpGateway.open());
    const answer = await session.answerGatewayOffer(other.description({ codec: 'PCMU' }));
    expect(answer).toContain('a=sendrecv');
    await vi.waitFor(() => expect(other.heard.length).toBeGreaterThan(3), until);
    gateway.speak(answer, { codec: 'PCMU', ssrc: 9, mark: 0xee });
    other.speak(answer, { codec: 'PCMU', ssrc: 10, mark: 0xa7 });
    await vi.waitFor(
      () => expect(browser.heard.filter(({ payload }) => payload[0] === 0xa7).length).toBeGreaterThan(5),
      until,
    );
    expect(await session.answerGatewayOffer(other.description({ codec: 'PCMU', direction: 'sendonly' }))).toContain(
      'a=recvonly',
    );
    const held = other.heard.length;
    const heardBefore = browser.heard.length;
    await vi.waitFor(() => expect(browser.heard.length).toBeGreaterThan(heardBefore + 10), until);
    expect(other.heard.length).toBeLessThan(held + 3);
    await session.answerGatewayOffer(other.description({ codec: 'PCMU' }));
    await vi.waitFor(() => expect(other.heard.length).toBeGreaterThan(held + 10), until);
  });

  it('says when the first audio passed and the browser is connected', async () => {
    const session: MediaSession = bench.keep(bench.relay.createSession({ callId: 'c', codecs: ['PCMU'] }));
    const events: string[] = [];
    for (const name of ['browserConnected', 'firstAudioToGateway', 'firstAudioFromGateway'] as const) {
      session.on(name, () => events.push(name));
    }
    const browser = bench.keep(new WeriftBrowser());
    const gateway = bench.keep(await UdpGateway.open());
    const offer = await session.createGatewayOffer({ codecs: ['PCMU'] });
    await session.applyGatewayAnswer(gateway.description({ codec: 'PCMU' }));
    await browser.accept(await session.acceptBrowserOffer(await browser.offer()));
    browser.speak('PCMU', 0xb0);
    gateway.speak(offer, { codec: 'PCMU', ssrc: 5, mark: 0xa0 });
    await vi.waitFor(() => expect([...events].sort()).toHaveLength(3), until);
    expect([...events].sort()).toEqual(['browserConnected', 'firstAudioFromGateway', 'firstAudioToGateway']);
  });
});

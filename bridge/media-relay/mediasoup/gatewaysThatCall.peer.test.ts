import { existsSync } from 'node:fs';
import { workerBin } from 'mediasoup';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { UdpGateway, WeriftBrowser } from '../test-peers/index.ts';
import { MediasoupRelay } from './MediasoupRelay.ts';

const logger = { debug() {}, info() {}, warn() {}, error() {} };
const until = { timeout: 8000, interval: 10 };

describe.skipIf(!existsSync(workerBin))('The media relay with gateways that call', { timeout: 30_000 }, () => {
  let relay: MediasoupRelay;
  const opened: { close(): unknown }[] = [];
  const keep = <T extends { close(): unknown }>(one: T): T => {
    opened.push(one);
    return one;
  };

  beforeEach(async () => {
    relay = await MediasoupRelay.create(
      { logger },
      { listenAddress: '127.0.0.1', announcedAddress: null, portRange: [41_250, 41_269], browserPort: 0, workers: 1 },
    );
  });
  afterEach(async () => {
    for (const one of opened.splice(0).reverse()) await one.close();
    await relay.close();
  });

  it('answers a gateway that calls, and audio passes both ways', async () => {
    const gateway = keep(await UdpGateway.open());
    const browser = keep(new WeriftBrowser());
    const invited = gateway.description({ codec: 'PCMU', payloadType: 0 });
    const session = keep(
      relay.createSession({ callId: 'c', codecs: relay.codecsIn(invited, { codecs: ['opus', 'PCMU'] }) }),
    );
    await browser.accept(await session.acceptBrowserOffer(await browser.offer()));
    const answer = await session.acceptGatewayOffer(invited, { codecs: ['opus', 'PCMU'] });
    expect(answer.agreed).toEqual({ codec: 'PCMU', dtmfPayloadType: 101, direction: 'sendrecv' });
    browser.speak('PCMU', 0xb0);
    gateway.speak(answer.sdp, { codec: 'PCMU', ssrc: 5, mark: 0xa0 });
    await vi.waitFor(() => {
      expect(gateway.heard.some(({ payload }) => payload[0] === 0xb0)).toBe(true);
      expect(browser.heard.some(({ payload }) => payload[0] === 0xa0)).toBe(true);
    }, until);
    await session.sendDtmf('7', { durationMs: 80, gapMs: 60 });
    expect(gateway.heard.some(({ payloadType, payload }) => payloadType === 101 && payload[0] === 7)).toBe(true);
  });

  it('counts the audio between two gateways, and frees it when it is closed or the relay is', async () => {
    const sessions = [relay.createTrunkSession({ callId: 'a' }), relay.createTrunkSession({ callId: 'b' })];
    for (const session of sessions) await session.outgoing.createGatewayOffer({ codecs: ['PCMU'] });
    expect(await relay.holdings()).toMatchObject({ sessions: 2, rtpLegs: 4, gatewayPorts: 8, routers: 0 });
    await sessions[0]?.close();
    expect(await relay.holdings()).toMatchObject({ sessions: 1, rtpLegs: 2, gatewayPorts: 4 });
    await relay.close();
    await expect(sessions[1]?.outgoing.createGatewayOffer({ codecs: ['PCMU'] })).rejects.toMatchObject({
      code: 'closed',
    });
  });
});

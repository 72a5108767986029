import { existsSync } from 'node:fs';
import { workerBin } from 'mediasoup';
import { expect, vi } from 'vitest';
import type { CodecName } from '../../../../shared/domain/index.ts';
import { UdpGateway, WeriftBrowser } from '../../test-peers/index.ts';
import { MediasoupRelay } from '../MediasoupRelay.ts';

export const hasWorker = existsSync(workerBin);
if (!hasWorker)
  console.warn(`The tests of the media relay need the mediasoup worker (${workerBin}); they are skipped.`);

export const logger = { debug() {}, info() {}, warn() {}, error() {} };
export const until = { timeout: 8000, interval: 10 };

/** A relay with one worker, and what a test opens at it: browsers, gateways, sessions. */
export class RelayBench {
  readonly relay: MediasoupRelay;
  readonly #opened: { close(): unknown }[] = [];

  private constructor(relay: MediasoupRelay) {
    this.relay = relay;
  }

  static async open(portRange: [number, number], silenceAfterMs?: number): Promise<RelayBench> {
    return new RelayBench(
      await MediasoupRelay.create(
        { logger },
        {
          ...{ listenAddress: '127.0.0.1', announcedAddress: null, portRange, browserPort: 0, workers: 1 },
          ...(silenceAfterMs === undefined ? {} : { silenceAfterMs }),
        },
      ),
    );
  }

  /** Closed when the test is over. */
  keep<T extends { close(): unknown }>(one: T): T {
    this.#opened.push(one);
    return one;
  }

  /** A call with audio both ways. */
  async call(options: { codec: CodecName; browserFirst?: CodecName; events?: number }) {
    const first = options.browserFirst ?? options.codec;
    const session = this.keep(
      this.relay.createSession({ callId: 'c', codecs: first === 'opus' ? ['opus', 'PCMU'] : ['PCMU', 'opus'] }),
    );
    const browser = this.keep(new WeriftBrowser());
    const gateway = this.keep(await UdpGateway.open());
    const answering = session.acceptBrowserOffer(await browser.offer());
    const offer = await session.createGatewayOffer({ codecs: ['opus', 'PCMU'] });
    await browser.accept(await answering);
    const chosen: string[] = [];
    session.on('codecChosen', ({ codec }) => {
      chosen.push(codec);
      browser.speak(codec === 'opus' ? 'opus' : 'PCMU', 0xb0);
    });
    browser.speak(first === 'opus' ? 'opus' : 'PCMU', 0xb0);
    const answer = await session.applyGatewayAnswer(gateway.description(options));
    gateway.speak(offer, { codec: options.codec, ssrc: 1111, mark: 0xa0 });
    await vi.waitFor(() => {
      expect(gateway.heard.length).toBeGreaterThan(5);
      expect(browser.heard.filter(({ payload }) => payload[0] === 0xa0).length).toBeGreaterThan(5);
    }, until);
    return { session, browser, gateway, offer, answer, chosen };
  }

  /** Closes what the test opened: the relay holds nothing of it then. */
  async clear(): Promise<void> {
    for (const one of this.#opened.splice(0).reverse()) await one.close();
    expect(await this.relay.holdings()).toMatchObject({
      sessions: 0,
      routers: 0,
      transports: 0,
      rtpLegs: 0,
      gatewayPorts: 0,
    });
  }

  close(): Promise<void> {
    return this.relay.close();
  }
}

/** All packets are there, in order, under one SSRC. */
export function expectOneStream(packets: readonly { ssrc: number; sequence: number }[]): void {
  expect(new Set(packets.map(({ ssrc }) => ssrc)).size).toBe(1);
  const first = packets[0]?.sequence ?? 0;
  const places = packets.map(({ sequence }) => (sequence - first) & 0xffff);
  expect(places).toEqual(packets.map((_, index) => index));
}

import { createServer } from 'node:http';
import type { Browser } from '@playwright/test';
import { Bridge } from '../fixtures/Bridge.ts';
import { bridgeConfig } from '../fixtures/bridgeConfig.ts';
import { launchBrowser } from '../fixtures/browser.ts';
import { HoldingsReader } from '../fixtures/Holdings.ts';
import { alice, operator } from '../fixtures/people.ts';
import { Baresip, freePort, type Scenario, Sipp, scenarios } from '../sip-peer/index.ts';
import { waitUntil } from '../sip-peer/waitUntil.ts';
import { DirectCallPage } from './DirectCallPage.ts';
import { WebRtcGateway } from './WebRtcGateway.ts';

export const numbers = {
  direct: '+12025550121',
  directThenRelay: '+12025550122',
  relayThenDirect: '+12025550123',
  blocked: '+12025550124',
  refused: '+12025550125',
  rekeyed: '+12025550126',
  unreachable: '+12025550127',
  plain: '+12025550129',
  announced: '+12025550130',
} as const;
/** Of the bridge itself: one leads to Alice, the other on to a telephone that speaks WebRTC. */
export const ownNumbers = { alice: '+12025550180', sentOn: '+12025550181' } as const;
export const telephoneHz = { web: 1000, plain: 1250, blocked: 1500, page: 1750 } as const;

/** Steps to make, for trying one out; all of them where it isn't set. */
const only = process.env.DIRECT_STEPS;

interface Telephones {
  /** Speaks WebRTC. */
  readonly web: Baresip;
  /** Doesn't. */
  readonly plain: Baresip;
  /** Speaks WebRTC, and begins it anew where it is asked to. */
  readonly page: WebRtcGateway;
}

/** A bridge, a browser and telephones of both kinds, one call after another. */
export class DirectBench {
  readonly telephones: Telephones;
  readonly #bridge: Bridge;
  readonly #browser: Browser;
  readonly #holdings: HoldingsReader;
  readonly #stack: AsyncDisposableStack;
  readonly #address: string;
  readonly #sipPort: number;

  private constructor(parts: {
    telephones: Telephones;
    bridge: Bridge;
    browser: Browser;
    holdings: HoldingsReader;
    stack: AsyncDisposableStack;
    address: string;
    sipPort: number;
  }) {
    this.telephones = parts.telephones;
    this.#bridge = parts.bridge;
    this.#browser = parts.browser;
    this.#holdings = parts.holdings;
    this.#stack = parts.stack;
    this.#address = parts.address;
    this.#sipPort = parts.sipPort;
  }

  static async start(address: string): Promise<DirectBench> {
    const stack = new AsyncDisposableStack();
    const telephone = async (
      options: Pick<Parameters<typeof Baresip.start>[0], 'answerMode' | 'toneHz' | 'isWebRtc'>,
    ) =>
      stack.adopt(
        await Baresip.start({ numbers: Object.values(numbers), address, codec: 'opus', ...options }),
        (peer) => peer.close(),
      );
    const browser = stack.adopt(await launchBrowser(), (opened) => opened.close());
    const secure = await startSecurePage(stack);
    const telephones = {
      web: await telephone({ answerMode: 'auto', toneHz: telephoneHz.web, isWebRtc: true }),
      plain: await telephone({ answerMode: 'auto', toneHz: telephoneHz.plain }),
      page: stack.adopt(
        await WebRtcGateway.start(
          { browser, url: secure, address, toneHz: telephoneHz.page },
          {
            blocked: numbers.unreachable,
            early: numbers.announced,
          },
        ),
        (peer) => peer.close(),
      ),
    };
    const sipp = async (scenario: Scenario) =>
      stack.adopt(await Sipp.start({ scenario, address, toneHz: telephoneHz.blocked }), (peer) => peer.close());
    const blocked = await sipp(scenarios.takesPlainAudio);
    const refused = await sipp(scenarios.refusesPlainAudio);
    const [nobodyThere, sipPort] = [await freePort(), await freePort()];
    const plain = { transport: 'udp', codecs: ['PCMU'] };
    // It is tried although nobody is there.
    const unprobed = { probes: { isOn: false } };
    const gateway = (id: string, number: string, port: number, more: object) => ({
      ...{ id, host: address, port, transport: 'tcp', codecs: ['opus', 'PCMU'], prefixes: [number], ...more },
    });
    const direct = { media: 'direct' };
    const usual = bridgeConfig([
      gateway('web', numbers.direct, telephones.web.port, direct),
      gateway('gone-direct', numbers.directThenRelay, nobodyThere, { ...direct, ...unprobed, priority: 1 }),
      gateway('plain', numbers.directThenRelay, telephones.plain.port, { priority: 2 }),
      gateway('gone-relay', numbers.relayThenDirect, nobodyThere, { ...unprobed, priority: 1 }),
      gateway('web-too', numbers.relayThenDirect, telephones.web.port, { ...direct, priority: 2 }),
      gateway('page', numbers.rekeyed, telephones.page.port, direct),
      gateway('page-too', numbers.unreachable, telephones.page.port, direct),
      gateway('plain-too', numbers.plain, telephones.plain.port, {}),
      gateway('page-early', numbers.announced, telephones.page.port, direct),
      gateway('blocked', numbers.blocked, blocked.port, { ...direct, ...plain }),
      gateway('refused', numbers.refused, refused.port, { ...direct, ...plain }),
    ]);
    const toAlice = { kind: 'user', userName: alice.userName };
    const toPage = { kind: 'telephone', number: numbers.rekeyed, userName: alice.userName };
    const bridge = stack.adopt(
      await Bridge.start({
        ...usual,
        seed: {
          ...(usual.seed as object),
          numbers: [
            { id: ownNumbers.alice, brandId: 'default', destination: toAlice },
            { id: ownNumbers.sentOn, brandId: 'default', destination: toPage },
          ],
        },
        sip: {
          listen: [
            { transport: 'tcp', host: address, port: 0 },
            { transport: 'udp', host: address, port: sipPort },
          ],
        },
        media: { listenAddress: address, portRange: [40_000, 40_999], workers: 1 },
        calls: { directConnectMs: 3000 },
      }),
      (started) => started.close(),
    );
    const holdings = await HoldingsReader.create(bridge, operator);
    return new DirectBench({ telephones, bridge, browser, holdings, stack, address, sipPort });
  }

  /** Makes one call and says what was seen of it; what went wrong, where that went wrong. */
  async try(
    step: string,
    act: (one: { call: DirectCallPage }) => Promise<object>,
    telephone: keyof Telephones = 'web',
  ): Promise<void> {
    if (only !== undefined && !only.split(',').includes(step)) return;
    const call = await DirectCallPage.open(this.#browser, {
      // The microphone is for secure pages, and http://localhost is one.
      url: this.#bridge.url.replace('127.0.0.1', 'localhost'),
      telephone: this.telephones[telephone],
      telephoneHz: telephoneHz[telephone],
    });
    const seen = await act({ call }).catch((error: unknown) => ({
      error: String(error),
      bridge: this.#bridge.log().slice(-6000),
      telephone: this.telephones[telephone].log().slice(-3000),
    }));
    await call.close();
    process.stdout.write(`${JSON.stringify({ step, ...seen })}\n`);
  }

  async heardBy(telephone: 'plain' | 'web', frequencyHz: number): Promise<void> {
    await waitUntil(`${frequencyHz} Hz at the ${telephone} telephone`, async () => {
      const heard = await this.telephones[telephone].hears();
      return heard !== null && Math.abs(heard.frequencyHz - frequencyHz) < 20;
    });
  }

  /** As a gateway names somebody else whom we shall call. */
  uriOf(number: string): string {
    return `sip:${number}@${this.#address}`;
  }

  /** A telephone calls this number of ours: by UDP, so that it comes from the port that tells whose call it is. */
  callFrom(telephone: 'plain' | 'web', number: string): void {
    this.telephones[telephone].dial(`sip:${number}@${this.#address}:${this.#sipPort};transport=udp`);
  }

  async holdings() {
    const { own } = await this.#holdings.read();
    return own;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack.disposeAsync();
  }
}

/** An empty page of this machine's, which counts as secure. */
async function startSecurePage(stack: AsyncDisposableStack): Promise<string> {
  const server = createServer((_, response) => response.setHeader('content-type', 'text/html').end('<!doctype html>'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stack.defer(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return `http://localhost:${typeof address === 'object' ? address?.port : 0}/`;
}

import type { Browser, BrowserContext, Page } from '@playwright/test';
import { type BadNetwork, type BadNetworkOptions, spoilNetwork } from '../../fixtures/badNetwork.ts';
import { alice } from '../../fixtures/people.ts';
import { randomFrom } from '../../fixtures/randomFrom.ts';
import { Dialer, SignInPage } from '../../pages/index.ts';
import { installMicrophone, type LedMicrophone } from './ledMicrophone.ts';
import { makeSpeech } from './makeSpeech.ts';

type BenchWindow = typeof globalThis & { lastConnection: RTCPeerConnection; ledMicrophone: LedMicrophone };

const sampleRate = 16_000;
const spoken = makeSpeech({ seconds: 10, sampleRate, random: randomFrom(7) });
/** To ten-thousandths: it goes into the page as text. */
const speech = { samples: [...spoken].map((sample) => Math.round(sample * 10_000) / 10_000), sampleRate };

/** What the browser counted of what it got since its connection began (W3C WebRTC statistics). */
export interface Received {
  readonly packets: number;
  readonly packetsLost: number;
  /** Packets that were restored from Opus's in-band redundancy of the next one. */
  readonly restored: number;
  readonly samples: number;
  readonly concealed: number;
  readonly bufferS: number;
  readonly emitted: number;
  readonly jitterMs: number;
}

/** The dialer as people have it, in a call over a network that a measurement spoils. */
export class QualityPage {
  readonly page: Page;
  readonly network: BadNetwork;
  readonly #context: BrowserContext;

  private constructor(context: BrowserContext, page: Page, network: BadNetwork) {
    this.#context = context;
    this.page = page;
    this.network = network;
  }

  static async call(
    browser: Browser,
    options: { readonly url: string; readonly number: string; readonly network: BadNetworkOptions },
  ): Promise<QualityPage> {
    const context = await browser.newContext({ permissions: ['microphone'], locale: 'en-US' });
    await context.addInitScript(installMicrophone, speech);
    const page = await context.newPage();
    const network = await spoilNetwork(page, options.network);
    await page.goto(options.url);
    await new SignInPage(page).signIn(alice);
    const dialer = new Dialer(page);
    await dialer.dial(options.number);
    await dialer.expectTalking();
    return new QualityPage(context, page, network);
  }

  setMicrophone(isOn: boolean): Promise<number> {
    return this.page.evaluate((on) => (globalThis as BenchWindow).ledMicrophone.set(on), isOn);
  }

  received(): Promise<Received> {
    return this.page.evaluate(async () => {
      const { lastConnection } = globalThis as BenchWindow;
      const reports = [...(await lastConnection.getStats()).values()];
      const inbound = reports.find(({ type }) => type === 'inbound-rtp');
      return {
        packets: inbound.packetsReceived,
        packetsLost: inbound.packetsLost,
        restored: (inbound.fecPacketsReceived ?? 0) - (inbound.fecPacketsDiscarded ?? 0),
        samples: inbound.totalSamplesReceived,
        concealed: inbound.concealedSamples,
        bufferS: inbound.jitterBufferDelay,
        emitted: inbound.jitterBufferEmittedCount,
        jitterMs: inbound.jitter * 1000,
      };
    });
  }

  async close(): Promise<void> {
    await this.#context.close();
    this.network.close();
  }
}

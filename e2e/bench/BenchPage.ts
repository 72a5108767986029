import { createRequire } from 'node:module';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { protocolVersion } from '../../shared/protocol/index.ts';
import { openSession } from '../fixtures/ProtocolClient.ts';
import { alice } from '../fixtures/people.ts';
import { type BenchClient, type DialTimes, installBenchClient } from './page/benchClient.ts';
import { wallClockMs } from './wallClock.ts';

type BenchWindow = typeof globalThis & { benchClient: BenchClient };

const socketIoScript = createRequire(import.meta.url)
  .resolve('socket.io-client')
  .replace(/build[/\\].*$/, 'dist/socket.io.min.js');

/** A page of Chromium that makes calls with its own microphone and peer connections, without the dialer's view. */
export class BenchPage {
  readonly #context: BrowserContext;
  readonly #page: Page;
  /** What must be added to the page's clock to get ours, in milliseconds. */
  #clockOffsetMs = 0;

  private constructor(context: BrowserContext, page: Page) {
    this.#context = context;
    this.#page = page;
  }

  static async open(browser: Browser, url: string): Promise<BenchPage> {
    const context = await browser.newContext({ bypassCSP: true, permissions: ['microphone'] });
    const page = await context.newPage();
    await page.goto(url);
    await page.addScriptTag({ path: socketIoScript });
    await page.evaluate(installBenchClient);
    const { accessToken, callServer } = await openSession(url, alice);
    await page.evaluate((options) => (globalThis as BenchWindow).benchClient.connect(options), {
      url: callServer.url,
      accessToken,
      protocolVersion,
    });
    const bench = new BenchPage(context, page);
    await bench.#compareClocks();
    return bench;
  }

  /** The times are by our clock. */
  async dial(destination: string): Promise<DialTimes> {
    const times = await this.#page.evaluate(
      (number) => (globalThis as BenchWindow).benchClient.dial(number),
      destination,
    );
    const ours = (at: number) => at + this.#clockOffsetMs;
    return {
      callId: times.callId,
      started: ours(times.started),
      sent: ours(times.sent),
      ringing: times.ringing === null ? null : ours(times.ringing),
      established: ours(times.established),
      firstAudio: ours(times.firstAudio),
    };
  }

  hangUp(callId: string): Promise<void> {
    return this.#page.evaluate((id) => (globalThis as BenchWindow).benchClient.hangUp(id), callId);
  }

  hangUpAll(): Promise<void> {
    return this.#page.evaluate(() => (globalThis as BenchWindow).benchClient.hangUpAll());
  }

  close(): Promise<void> {
    return this.#context.close();
  }

  /** The quickest of many round trips bounds the error by half its time. */
  async #compareClocks(): Promise<void> {
    let quickest = Number.POSITIVE_INFINITY;
    for (let round = 0; round < 50; round += 1) {
      const before = wallClockMs();
      const theirs = await this.#page.evaluate(() => (globalThis as BenchWindow).benchClient.now());
      const after = wallClockMs();
      if (after - before >= quickest) continue;
      quickest = after - before;
      this.#clockOffsetMs = (before + after) / 2 - theirs;
    }
  }
}

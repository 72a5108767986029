import type { Browser, BrowserContext, Page } from '@playwright/test';
import { alice } from '../../fixtures/people.ts';
import { Dialer, Moving, SignInPage } from '../../pages/index.ts';
import { type AudioAgain, type AudioWatch, installAudioWatch } from './audioWatch.ts';

type WatchedWindow = typeof globalThis & { audioWatch: AudioWatch };

/** The dialer as people have it, signed in, in a browser of its own. */
export class SurvivalPage {
  readonly page: Page;
  readonly dialer: Dialer;
  readonly moving: Moving;
  readonly #context: BrowserContext;

  private constructor(context: BrowserContext, page: Page) {
    this.#context = context;
    this.page = page;
    this.dialer = new Dialer(page);
    this.moving = new Moving(page);
  }

  static async open(browser: Browser, url: string): Promise<SurvivalPage> {
    const context = await browser.newContext({ permissions: ['microphone'], locale: 'en-US' });
    await context.addInitScript(installAudioWatch);
    const page = await context.newPage();
    await page.goto(url);
    await new SignInPage(page).signIn(alice);
    return new SurvivalPage(context, page);
  }

  /** How long after `act` began there was audio both ways by a new connection, in milliseconds. */
  async timeToAudio(act: () => Promise<unknown>): Promise<number> {
    const sinceMs = Date.now();
    await act();
    const { hearsAtMs, sendsAtMs } = await this.audioSince(sinceMs);
    return Math.max(hearsAtMs, sendsAtMs) - sinceMs;
  }

  audioSince(sinceMs: number): Promise<AudioAgain> {
    return this.page.evaluate((since) => (globalThis as WatchedWindow).audioWatch.wait(since), sinceMs);
  }

  close(): Promise<void> {
    return this.#context.close();
  }
}

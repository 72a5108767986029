import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { type HeardTone, strongestTone } from '../sip-peer/audio/index.ts';

export const systemFirefox = '/usr/bin/firefox-esr';

export interface FirefoxOptions {
  /** What its microphone hears. */
  readonly toneHz: number;
}

/**
 * A page in Firefox ESR as Debian ships it, driven by WebDriver BiDi: Playwright drives only Firefoxes that it built itself
 * (docs/decisions/0009). What is on the page is found by its accessible name, as elsewhere.
 */
export class FirefoxPage {
  readonly #browser: Browser;
  readonly #page: Page;
  readonly #profile: string;

  private constructor(parts: { browser: Browser; page: Page; profile: string }) {
    this.#browser = parts.browser;
    this.#page = parts.page;
    this.#profile = parts.profile;
  }

  static async open(url: string, { toneHz }: FirefoxOptions): Promise<FirefoxPage> {
    const profile = await mkdtemp(join(tmpdir(), 'dialbridge-firefox-'));
    const browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath: systemFirefox,
      userDataDir: profile,
      headless: true,
      // It keeps caches and settings beside its profile, and none of them are to outlive the test.
      env: { ...process.env, HOME: profile, XDG_CACHE_HOME: profile },
      extraPrefsFirefox: {
        'media.navigator.permission.disabled': true,
        'media.navigator.streams.fake': true,
        'media.navigator.audio.fake_frequency': toneHz,
        'media.autoplay.default': 0,
        // As for a page that may use a real microphone: else it names itself `.local`, which telephones can't look up.
        'media.peerconnection.ice.obfuscate_host_addresses': false,
      },
    });
    const page = await browser.newPage();
    await page.setViewport({ width: 1280, height: 800 });
    // It asks before a page with a call is left.
    page.on('dialog', (dialog) => void dialog.accept());
    await page.goto(url);
    return new FirefoxPage({ browser, page, profile });
  }

  async fill(name: string, text: string): Promise<void> {
    await this.#page.locator(`input::-p-aria(${name})`).fill(text);
  }

  async click(name: string): Promise<void> {
    await this.#page.locator(`::-p-aria([name="${name}"][role="button"])`).click();
  }

  /** Waits until the page shows text like this; resolves with it. */
  async waitForText(pattern: RegExp): Promise<string> {
    const find = (source: string) => new RegExp(source).exec(document.body.textContent)?.[0] ?? null;
    const found = await this.#page.waitForFunction(find, { timeout: 40_000 }, pattern.source);
    return (await found.jsonValue()) ?? '';
  }

  /** On the keyboard, to whatever has the focus. */
  async type(text: string): Promise<void> {
    await this.#page.keyboard.type(text);
  }

  async reload(): Promise<void> {
    await this.#page.reload();
  }

  /** What comes out of the loudspeaker now; null for silence. */
  async hears(): Promise<HeardTone | null> {
    const heard = await this.#page.evaluate(recordRemoteAudio);
    if (heard === null) return null;
    const bytes = new Uint8Array(Buffer.from(heard.samples, 'base64'));
    return strongestTone({ sampleRate: heard.sampleRate, samples: new Float32Array(bytes.buffer) });
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await rm(this.#profile, { recursive: true, force: true });
  }
}

/**
 * Runs in the page: what the other side sent for a second, as 32-bit samples in base64. An `AudioContext` doesn't run in a Firefox
 * without a sound card; a recording does, and is decoded without one.
 */
async function recordRemoteAudio(): Promise<{ sampleRate: number; samples: string } | null> {
  const element = document.querySelector('[data-testid="remote-audio"]');
  const stream = element instanceof HTMLAudioElement ? element.srcObject : null;
  if (!(stream instanceof MediaStream) || stream.getAudioTracks().length === 0) return null;
  const recorder = new MediaRecorder(stream, { mimeType: 'audio/ogg; codecs=opus' });
  const chunks: Blob[] = [];
  recorder.addEventListener('dataavailable', ({ data }) => chunks.push(data));
  const stopped = new Promise((resolve) => recorder.addEventListener('stop', resolve));
  recorder.start();
  setTimeout(() => recorder.stop(), 1000);
  await stopped;
  const sampleRate = 48_000;
  const decoder = new OfflineAudioContext(1, sampleRate, sampleRate);
  const file = await new Blob(chunks).arrayBuffer();
  const sound = await decoder.decodeAudioData(file).catch(() => null);
  if (sound === null) return null;
  const bytes = new Uint8Array(sound.getChannelData(0).slice().buffer);
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 8192) parts.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
  return { sampleRate, samples: btoa(parts.join('')) };
}

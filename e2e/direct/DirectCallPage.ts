import { type Browser, type BrowserContext, expect, type Page } from '@playwright/test';
import { microphoneToneHz } from '../fixtures/browser.ts';
import { openSession } from '../fixtures/ProtocolClient.ts';
import { alice } from '../fixtures/people.ts';
import { Dialer, RingScreen, SignInPage } from '../pages/index.ts';
import type { Baresip } from '../sip-peer/index.ts';
import { waitUntil } from '../sip-peer/waitUntil.ts';

/** What a call needs to know of whoever is called. */
type Telephone = Pick<
  Baresip,
  'mark' | 'waitForEstablished' | 'waitForClosed' | 'hears' | 'receivedBitrate' | 'digits' | 'log'
>;

interface Other {
  readonly url: string;
  readonly telephone: Omit<Telephone, 'waitForClosed'> & { waitForClosed(from: number): Promise<unknown> };
  readonly telephoneHz: number;
}

/** A page of Alice's and the telephone that she calls. */
export class DirectCallPage {
  readonly #context: BrowserContext;
  readonly #page: Page;
  readonly #dialer: Dialer;
  readonly #other: Other;

  private constructor(context: BrowserContext, page: Page, other: Other) {
    this.#context = context;
    this.#page = page;
    this.#dialer = new Dialer(page);
    this.#other = other;
  }

  static async open(browser: Browser, other: Other): Promise<DirectCallPage> {
    const context = await browser.newContext({ permissions: ['microphone'], locale: 'en-US' });
    const page = await context.newPage();
    page.on('dialog', (dialog) => void dialog.accept());
    await page.goto(other.url);
    await new SignInPage(page).signIn(alice);
    return new DirectCallPage(context, page, other);
  }

  /** Resolves with where in the telephone's words the call begins. */
  async dial(number: string): Promise<number> {
    const { telephone } = this.#other;
    const mark = telephone.mark();
    await this.#dialer.dial(number);
    await telephone.waitForEstablished(mark);
    return mark;
  }

  /** To somebody who isn’t asked. */
  async dialOnly(number: string): Promise<void> {
    await this.#dialer.dial(number);
  }

  /** It is signed in at the bridge, and can be called. */
  async expectReachable(): Promise<void> {
    await expect(new RingScreen(this.#page).doNotDisturb).toBeEnabled();
  }

  /** A call that comes in. */
  async answer(): Promise<void> {
    await new RingScreen(this.#page).accept.click();
    await this.#dialer.expectTalking();
  }

  async heardBothWays(): Promise<'both'> {
    await this.expectToHear(this.#other.telephoneHz);
    await this.heardByTelephone(microphoneToneHz);
    return 'both';
  }

  async expectToHear(frequencyHz: number): Promise<void> {
    await waitUntil(`${frequencyHz} Hz in the page`, async () => isNear(await this.#dialer.hears(), frequencyHz));
  }

  async heardByTelephone(frequencyHz: number): Promise<true> {
    const { telephone } = this.#other;
    return waitUntil(`${frequencyHz} Hz at the telephone`, async () => isNear(await telephone.hears(), frequencyHz));
  }

  /** Whether nothing is to be heard in the page, and nothing comes to the telephone. */
  async silentBothWays(): Promise<'silent'> {
    await this.expectSilence();
    await waitUntil('no packets', () => this.#other.telephone.receivedBitrate() === 0);
    return 'silent';
  }

  /** What the screen of the call says of the way of its audio. */
  async shownWay(): Promise<string | null> {
    return this.#page
      .getByText('Direct', { exact: true })
      .first()
      .textContent({ timeout: 2000 })
      .catch(() => null);
  }

  async press(digits: string): Promise<void> {
    await this.#page.keyboard.type(digits, { delay: 50 });
  }

  digits(mark: number) {
    const { telephone } = this.#other;
    return waitUntil('the digits', () => {
      const { asEvents, asInfo } = telephone.digits(mark);
      return (asEvents + asInfo).length >= 4 && { asEvents, asInfo };
    });
  }

  async hold(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Hold', exact: true }).click();
  }

  async resume(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Resume', exact: true }).click();
  }

  async reload(): Promise<void> {
    await this.#page.reload();
    await this.#dialer.expectTalking();
  }

  /** The call may not go on after it. */
  async reloadOnly(): Promise<void> {
    await this.#page.reload();
  }

  /** At once, without asking there first. */
  async passOnTo(number: string): Promise<void> {
    const choice = await this.#dialer.choosePassingOnTo(number);
    await choice.now.click();
  }

  /** The call waits, and the other one is called. */
  async askFirst(number: string): Promise<void> {
    const choice = await this.#dialer.choosePassingOnTo(number);
    await choice.askFirst.click();
  }

  async passOnWhoIsHeld(): Promise<void> {
    await this.#dialer.otherCalls.getByRole('button', { name: /^Pass on/ }).click();
  }

  async expectTalking(): Promise<void> {
    await this.#dialer.expectTalking();
  }

  async expectSilence(): Promise<void> {
    await waitUntil('silence in the page', async () => (await this.#dialer.hears()) === null);
  }

  /** Ends the call and reads its record. */
  async hangUp(mark: number) {
    await this.#dialer.hangUp.click();
    await this.#other.telephone.waitForClosed(mark);
    await this.#dialer.expectIdle();
    return this.closedRecord();
  }

  /** Waits until the person is told that the call has ended, by these words. */
  async expectEnded(words: RegExp): Promise<true> {
    await this.#page.getByText(words).first().waitFor({ timeout: 20_000 });
    return true;
  }

  async hangUpHere(): Promise<void> {
    await this.#dialer.hangUp.click();
    await this.#dialer.expectIdle();
  }

  /** The record of the last call (with this number), once it is closed: the telephone hears of the end before the record does. */
  closedRecord(number?: string) {
    return waitUntil('the record to be closed', async () => {
      const record = await this.record(number);
      return record.outcome === null ? null : record;
    });
  }

  /** The same as it is now. */
  async record(number?: string) {
    const { accessToken } = await openSession(this.#other.url, alice);
    const get = async (path: string) => {
      const headers = { authorization: `Bearer ${accessToken}` };
      const response = await fetch(new URL(`/api/v1${path}`, this.#other.url), { headers });
      return (await response.json()) as never;
    };
    const { entries } = (await get('/history')) as { entries: { callId: string; number: string }[] };
    const entry = entries.find((one) => number === undefined || one.number === number);
    const record = (await get(`/history/${entry?.callId}`)) as {
      mediaWay: string;
      entry: { outcome: string | null };
      events: { type: string; detail: Record<string, unknown> }[];
    };
    const ways = record.events.flatMap(({ type, detail }) => {
      if (type === 'mediaWayChosen') return [detail.mediaWay];
      return type === 'fellBackToRelay' ? [`relay: ${detail.reason}`] : [];
    });
    return { mediaWay: record.mediaWay, outcome: record.entry.outcome, ways };
  }

  async close(): Promise<void> {
    await this.#context.close();
  }
}

function isNear(heard: { frequencyHz: number } | null, frequencyHz: number): true | null {
  return heard !== null && Math.abs(heard.frequencyHz - frequencyHz) < 20 ? true : null;
}

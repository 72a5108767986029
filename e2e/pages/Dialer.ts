import { expect, type Locator, type Page } from '@playwright/test';
import { type HeardTone, hearTone } from './hearTone.ts';

/** The window that asks whom a call is passed on to. */
export interface PassOnChoice {
  readonly dialog: Locator;
  readonly now: Locator;
  readonly askFirst: Locator;
}

/** The dialer and the screen of its call, by their accessible names. */
export class Dialer {
  readonly page: Page;
  readonly phoneNumber: Locator;
  readonly call: Locator;
  readonly hangUp: Locator;
  readonly mute: Locator;
  readonly keypad: Locator;
  readonly hold: Locator;
  /** Beside the word that the call is on hold. */
  readonly resume: Locator;
  readonly addCall: Locator;
  readonly passOn: Locator;
  /** The calls besides the one in front. */
  readonly otherCalls: Locator;
  readonly contacts: Locator;
  readonly history: Locator;
  /** The live region that tells how the call stands. */
  readonly status: Locator;

  constructor(page: Page) {
    const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
    this.page = page;
    this.phoneNumber = page.getByRole('textbox', { name: 'Phone number' });
    this.call = button('Call');
    this.hangUp = button('Hang up');
    this.mute = button('Mute');
    this.keypad = button('Keypad');
    this.hold = button('Hold');
    this.resume = button('Resume');
    this.addCall = button('Add call');
    this.passOn = button('Pass on');
    this.otherCalls = page.getByRole('list', { name: 'Other calls' });
    this.contacts = button('Contacts');
    this.history = button('History');
    this.status = page.getByRole('status', { name: 'Call status' });
  }

  async dial(number: string): Promise<void> {
    await this.phoneNumber.fill(number);
    await this.call.click();
  }

  /** The call is over and its screen is gone: another can be made. */
  async expectIdle(): Promise<void> {
    await expect(this.hangUp).toBeHidden({ timeout: 15_000 });
    await expect(this.call).toBeVisible();
  }

  /** Dials another number while a call is up, which is held for it. */
  async addCallTo(number: string): Promise<void> {
    await this.addCall.click();
    await this.dial(number);
  }

  /** Takes another call in front of the one that the person talks in. */
  async swap(): Promise<void> {
    await this.otherCalls.getByRole('button', { name: /^Swap with/ }).click();
  }

  /** Opens the choice of whom to pass the call on to, and chooses this number. */
  async choosePassingOnTo(number: string): Promise<PassOnChoice> {
    await this.page
      .getByRole('region', { name: /^Call with/ })
      .getByRole('button', { name: 'Pass on', exact: true })
      .last()
      .click();
    const dialog = this.page.getByRole('dialog', { name: /^Pass on/ });
    await dialog.getByRole('searchbox', { name: 'Name or number' }).fill(number);
    return {
      dialog,
      now: dialog.getByRole('button', { name: 'Pass on now' }),
      askFirst: dialog.getByRole('button', { name: 'Ask first' }),
    };
  }

  async openKeypad(): Promise<void> {
    await this.keypad.click();
  }

  /** A key of the pad that is on the screen, by what is printed on it. */
  async pressKey(digit: string): Promise<void> {
    await this.page.getByRole('button', { name: digit, exact: true }).click();
  }

  /** What comes out of the page's loudspeaker now; null for silence. */
  hears(): Promise<HeardTone | null> {
    return this.page.evaluate(hearTone);
  }

  /** Waits until the page hears a tone of this frequency, to the width of one of the analyser's steps. */
  async expectToHear(frequencyHz: number): Promise<void> {
    await expect
      .poll(async () => Math.abs(((await this.hears())?.frequencyHz ?? 0) - frequencyHz), {
        message: `the page hears ${frequencyHz} Hz`,
        timeout: 15_000,
      })
      .toBeLessThan(20);
  }

  async expectSound(): Promise<void> {
    await expect.poll(() => this.hears(), { message: 'the page hears something', timeout: 15_000 }).not.toBeNull();
  }

  /** The call is answered: there is somebody to send digits to. */
  async expectTalking(): Promise<void> {
    await expect(this.status).toContainText('Connected', { timeout: 20_000 });
  }

  async expectSilence(): Promise<void> {
    await expect.poll(() => this.hears(), { message: 'the page hears nothing' }).toBeNull();
  }
}

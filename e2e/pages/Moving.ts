import type { Locator, Page } from '@playwright/test';

/** Calls on their way between devices, by the accessible names of what is shown of them. */
export class Moving {
  readonly page: Page;
  readonly move: Locator;
  readonly dialog: Locator;
  readonly copyLink: Locator;
  readonly code: Locator;
  /** The card of a call that another device pushed here. */
  readonly takeOver: Locator;
  /** In the list of calls elsewhere. */
  readonly takeHere: Locator;
  readonly takeBack: Locator;

  constructor(page: Page) {
    const button = (name: string | RegExp) => page.getByRole('button', { name });
    this.page = page;
    this.move = button('Move call');
    this.dialog = page.getByRole('dialog', { name: 'Continue on another device' });
    this.copyLink = button('Copy link');
    this.code = page.getByRole('img', { name: /QR code/ });
    this.takeOver = button('Take it over');
    this.takeHere = button(/^Take the call with .* here$/);
    this.takeBack = button('Take it back');
  }

  /** Asks the person's other device, of which there must be one alone. */
  async push(): Promise<void> {
    await this.move.click();
    await this.dialog.getByRole('button', { name: /^Continue on / }).click();
  }

  /** The link that another device opens. */
  async link(): Promise<string> {
    await this.move.click();
    await this.code.waitFor();
    await this.page.context().grantPermissions(['microphone', 'clipboard-read', 'clipboard-write']);
    await this.copyLink.click();
    await this.page.getByRole('button', { name: 'Copied' }).waitFor();
    return this.page.evaluate(() => navigator.clipboard.readText());
  }
}

import type { Locator, Page } from '@playwright/test';

export class HistoryPage {
  readonly dialog: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.dialog = page.getByRole('dialog');
  }

  /** The line of a call, by whom it was with and how it ended; pressing it shows the call in full. */
  entry(party: string, outcome: string): Locator {
    const name = `Details: ${party}, ${outcome}`;
    return this.#page.getByRole('main').getByRole('button', { name }).first();
  }
}

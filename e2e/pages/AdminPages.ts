import { expect, type Locator, type Page } from '@playwright/test';

/** The operator's pages: a list, and one thing beside it. */
export class AdminPages {
  readonly navigation: Locator;
  /** What is open beside the list. */
  readonly panel: Locator;
  readonly save: Locator;
  readonly create: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.navigation = page.getByRole('navigation', { name: 'Administration' });
    this.panel = page.getByRole('dialog').first();
    this.save = this.panel.getByRole('button', { name: 'Save' });
    this.create = this.panel.getByRole('button', { name: 'Create', exact: true });
  }

  /** From the dialer. */
  async open(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Admin', exact: true }).click();
    await this.navigation.waitFor();
  }

  /** Goes to a page by its name, on a phone by the menu. */
  async goTo(name: string): Promise<void> {
    const link = this.navigation.getByRole('link', { name, exact: true });
    if (await link.isVisible()) {
      await link.click();
    } else {
      await this.navigation.getByRole('button').click();
      await this.#page.getByRole('menuitemradio', { name, exact: true }).click();
    }
    await this.#page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
  }

  /** The line of the list, or on a phone its card. */
  row(text: string | RegExp): Locator {
    const main = this.#page.getByRole('main');
    return main
      .getByRole('row')
      .filter({ hasText: text })
      .or(main.locator('.data-card').filter({ hasText: text }));
  }

  async openRow(text: string | RegExp): Promise<void> {
    await this.row(text).first().click();
    await this.panel.waitFor();
  }

  button(name: string): Locator {
    return this.#page.getByRole('button', { name, exact: true });
  }

  field(name: string): Locator {
    return this.panel.getByRole('textbox', { name, exact: true });
  }

  toggle(name: string): Locator {
    return this.panel.getByText(name, { exact: true });
  }

  /** One of the options of a field that has such. */
  async choose(field: string, option: string): Promise<void> {
    await this.panel.getByRole('button', { name: new RegExp(`${field}$`) }).click();
    await this.#page.getByRole('option', { name: option, exact: true }).click();
  }

  async saveAndClose(): Promise<void> {
    await this.save.click();
    await expect(this.panel).toBeHidden();
  }
}

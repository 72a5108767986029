import { expect, type Locator, type Page } from '@playwright/test';

export class ContactsPage {
  readonly add: Locator;
  readonly search: Locator;
  readonly dialog: Locator;
  readonly name: Locator;
  readonly number: Locator;
  readonly company: Locator;
  readonly save: Locator;
  readonly edit: Locator;
  readonly remove: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.dialog = page.getByRole('dialog');
    this.add = page.getByRole('button', { name: 'New contact' }).first();
    this.search = page.getByRole('searchbox', { name: 'Search people' });
    this.name = this.dialog.getByRole('textbox', { name: 'Name', exact: true });
    this.number = this.dialog.getByRole('textbox', { name: 'Number', exact: true });
    this.company = this.dialog.getByRole('textbox', { name: 'Company' });
    this.save = this.dialog.getByRole('button', { name: 'Save' });
    this.edit = this.dialog.getByRole('button', { name: 'Edit' });
    this.remove = this.dialog.getByRole('button', { name: 'Delete' });
  }

  /** The line of a person in the list; pressing it shows everything about them. */
  person(name: string): Locator {
    return this.#page.getByRole('main').getByRole('button', { name: `Show ${name}`, exact: true });
  }

  dial(name: string): Locator {
    return this.#page.getByRole('main').getByRole('button', { name: `Dial ${name}`, exact: true });
  }

  /** Leaves the person that is open. */
  async close(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Close' }).click();
    await expect(this.dialog).toBeHidden();
  }

  /** Leaves the form without saving. */
  async cancel(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(this.save).toBeHidden();
  }

  async create(contact: { name: string; number: string; company?: string }): Promise<void> {
    await this.add.click();
    await this.name.fill(contact.name);
    await this.number.fill(contact.number);
    if (contact.company) await this.company.fill(contact.company);
    await this.save.click();
  }
}

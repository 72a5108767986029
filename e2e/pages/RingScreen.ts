import type { Locator, Page } from '@playwright/test';

/** What a page shows of a call that rings, by accessible names. */
export class RingScreen {
  readonly page: Page;
  readonly screen: Locator;
  readonly accept: Locator;
  readonly decline: Locator;
  /** The banner beside a call that is up. */
  readonly waiting: Locator;
  readonly missed: Locator;
  /** What was said in passing. */
  readonly notices: Locator;
  readonly doNotDisturb: Locator;

  constructor(page: Page) {
    this.page = page;
    this.screen = page.getByRole('alertdialog', { name: 'Incoming call' });
    this.accept = this.screen.getByRole('button', { name: 'Accept', exact: true });
    this.decline = this.screen.getByRole('button', { name: 'Decline', exact: true });
    this.waiting = page.getByRole('region', { name: 'Another call is waiting' });
    this.missed = page.getByRole('region', { name: /missed call/i });
    this.notices = page.getByRole('region', { name: 'Notices' });
    this.doNotDisturb = page.getByRole('button', { name: 'Do not disturb', exact: true });
  }
}

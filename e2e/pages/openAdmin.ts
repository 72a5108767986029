import { expect, type Page } from '@playwright/test';
import { AdminPages } from './AdminPages.ts';
import { Dialer } from './Dialer.ts';
import { SignInPage } from './SignInPage.ts';

interface Account {
  readonly userName: string;
  readonly password: string;
}

/** Signs in and waits for the dialer. */
export async function openDialer(page: Page, url: string, account: Account): Promise<Dialer> {
  await page.goto(url);
  await new SignInPage(page).signIn(account);
  const dialer = new Dialer(page);
  await expect(dialer.call).toBeVisible();
  return dialer;
}

/** Signs somebody in who has operators' pages, and goes there. */
export async function openAdmin(page: Page, url: string, account: Account): Promise<AdminPages> {
  await openDialer(page, url, account);
  const admin = new AdminPages(page);
  await admin.open();
  return admin;
}

import type { Page } from '@playwright/test';
import { operator } from '../fixtures/index.ts';
import { openAdmin } from '../pages/index.ts';

/** Pictures of the operators' pages about calls: needs one that was answered, and one that was busy. */
export async function takeCallPages(page: Page, url: string, take: (name: string) => Promise<void>): Promise<void> {
  const admin = await openAdmin(page, url, operator);
  await admin.goTo('Calls');
  await admin.row('Busy').first().waitFor();
  await take('calls');
  await admin.row('Busy').first().scrollIntoViewIfNeeded();
  await take('calls-list');
  await admin.row('Answered').first().click();
  await page.getByRole('region', { name: 'What happened' }).waitFor();
  await take('call');
  await page.getByRole('region', { name: 'What happened' }).scrollIntoViewIfNeeded();
  await page.getByText('Call requested').scrollIntoViewIfNeeded();
  await take('call-timeline');
  await page.getByRole('button', { name: 'Copy all' }).scrollIntoViewIfNeeded();
  await take('call-messages');
  await page.getByText('The same as a table').scrollIntoViewIfNeeded();
  await take('call-quality');
  await page.context().close();
}

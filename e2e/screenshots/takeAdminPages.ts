import type { Page } from '@playwright/test';
import { operator } from '../fixtures/index.ts';
import { openAdmin } from '../pages/index.ts';

/** Pictures of the operators' pages about gateways, routes and numbers. */
export async function takeAdminPages(page: Page, url: string, take: (name: string) => Promise<void>): Promise<void> {
  const admin = await openAdmin(page, url, operator);
  await admin.goTo('Gateways');
  await admin
    .row(/UDP|Up|Not seen/)
    .first()
    .waitFor();
  await take('gateways');
  await admin.button('New gateway').click();
  await admin.create.waitFor();
  await take('gateway-form');
  await page.keyboard.press('Escape');
  await admin
    .row(/UDP|Up|Not seen/)
    .first()
    .click();
  await page.getByRole('img', { name: /^Calls/ }).waitFor();
  await take('gateway');
  await page.getByRole('img', { name: /^Audio/ }).scrollIntoViewIfNeeded();
  await take('gateway-history');
  await admin.button('Test this gateway').click();
  await admin.field('Number to call').fill('+12025550100');
  await admin.button('Start the test').click();
  await admin.panel.getByText(/^The test has/).waitFor({ timeout: 60_000 });
  await take('gateway-test');
  await admin.panel.getByRole('button', { name: 'Copy all' }).scrollIntoViewIfNeeded();
  await take('gateway-test-messages');
  await page.keyboard.press('Escape');
  for (const [name, add] of [
    ['Routes', 'New route'],
    ['Numbers', 'New number'],
  ] as const) {
    await admin.goTo(name);
    await take(name.toLowerCase());
    await admin.button(add).click();
    await admin.create.waitFor();
    await take(`${name.toLowerCase()}-form`);
    await page.keyboard.press('Escape');
  }
  await admin.goTo('Live');
  await page.getByRole('img', { name: /^Calls per minute/ }).waitFor();
  await take('live');
  await page.context().close();
}

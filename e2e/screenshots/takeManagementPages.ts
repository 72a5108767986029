import type { Page } from '@playwright/test';
import { operator } from '../fixtures/index.ts';
import { openAdmin } from '../pages/index.ts';

/** Each page, and the button that makes something new there. */
const pages = [
  ['Users', 'New user'],
  ['Groups', 'New group'],
  ['Rules', 'New rule'],
  ['Rates', 'New rate'],
  ['Brands', 'New brand'],
  ['Embed keys', 'New embed key'],
  ['Signing keys', 'New signing key'],
  ['Webhooks', 'New webhook'],
  ['Try a call', null],
  ['Access keys', null],
  ['Audit log', null],
] as const;

/** Pictures of the operators' pages about people, rules, money, brands, keys and webhooks. */
export async function takeManagementPages(
  page: Page,
  url: string,
  take: (name: string) => Promise<void>,
): Promise<void> {
  const admin = await openAdmin(page, url, operator);
  for (const [name, add] of pages) {
    const picture = name.toLowerCase().replaceAll(' ', '-');
    await admin.goTo(name);
    await page.getByRole('progressbar').first().waitFor({ state: 'detached' });
    await take(picture);
    if (add === null) continue;
    await admin.button(add).click();
    await admin.create.waitFor();
    await take(`${picture}-form`);
    await page.keyboard.press('Escape');
  }
  await page.context().close();
}

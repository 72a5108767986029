import { readFile } from 'node:fs/promises';
import { expect, type Page } from '@playwright/test';
import { alice, expectAccessible, operator, telephone, withNetwork } from '../../fixtures/index.ts';
import { type AdminPages, openAdmin } from '../../pages/index.ts';

const test = withNetwork({
  telephone: telephone({ transport: 'udp', codec: 'PCMU', answerMode: 'auto', toneHz: 1000 }),
});

async function exported(page: Page, admin: AdminPages, format: RegExp): Promise<string> {
  const download = page.waitForEvent('download');
  await admin.button('Export').click();
  await page.getByRole('menuitem', { name: format }).click();
  return readFile(await (await download).path(), 'utf8');
}

async function importFile(admin: AdminPages, name: string, text: string): Promise<void> {
  await admin.button('Import').click();
  const file = { name, mimeType: 'text/plain', buffer: Buffer.from(text) };
  await admin.panel.locator('input[type=file]').setInputFiles(file);
}

test('a gateway is made, comes up, and is tested with a call whose SIP messages are shown', async ({
  bridge,
  network,
  page,
}) => {
  test.setTimeout(120_000);
  const admin = await openAdmin(page, bridge.url, operator);
  await admin.goTo('Gateways');
  await admin.button('New gateway').click();
  await admin.field('Name').fill('Front desk');
  await admin.field('Host name or IP address').fill('127.0.0.1');
  await admin.field('Port').fill(String(network.telephone.port));
  await admin.field('Account name').fill('trunk');
  await admin.panel.getByLabel('Account password').fill('a secret of the trunk');
  await admin.field('Numbers that begin with').fill('+49, +43');
  await admin.create.click();

  await expect(page.getByRole('heading', { level: 1, name: 'Front desk' })).toBeVisible();
  const now = page.getByRole('region', { name: 'How it is' });
  await expect(now.getByText('Up', { exact: true })).toBeVisible({ timeout: 40_000 });
  await expect(now.getByText(`127.0.0.1:${network.telephone.port} UDP`)).toBeVisible();

  await admin.button('Test this gateway').click();
  await admin.field('Number to call').fill(network.telephone.number);
  await admin.button('Start the test').click();
  await expect(admin.panel.getByText(/^The test has (passed|failed)\.$/)).toBeVisible({ timeout: 60_000 });
  await expect(admin.panel.getByText('The test has passed.')).toBeVisible();
  const messages = admin.panel.getByRole('region', { name: 'SIP messages' });
  const answer = messages.getByRole('button', { name: /: 200 Answering \(INVITE\)/ });
  await answer.click();
  await expect(messages.getByText(/^SIP\/2\.0 200 Answering/)).toBeVisible();
  const download = page.waitForEvent('download');
  await messages.getByRole('button', { name: 'Download as text' }).click();
  const text = await readFile(await (await download).path(), 'utf8');
  expect(text).toMatch(/^--- .* UDP 127\.0\.0\.1:\d+ -> 127\.0\.0\.1:\d+\n/);
  expect(text).not.toContain('a secret of the trunk');
  await page.keyboard.press('Escape');
  await expect(admin.panel).toBeHidden();

  // Its settings are as they were written, and its password is only known to be there.
  await admin.button('Edit settings').click();
  await expect(admin.field('Numbers that begin with')).toHaveValue('+49\n+43');
  await expect(admin.panel.getByText('One is kept. It is never shown.')).toBeVisible();
  await admin.panel.getByText('Switched on', { exact: true }).click();
  await admin.saveAndClose();
  await expect(now.getByText('Switched off', { exact: true })).toBeVisible();
  await page.getByRole('link', { name: 'All gateways' }).click();
  await expect(admin.row('Front desk')).toContainText('Switched off');
});

test('a route leads a number to its gateway, and a number of ours rings a person', async ({
  bridge,
  page,
  network,
}) => {
  const admin = await openAdmin(page, bridge.url, operator);
  await admin.goTo('Routes');
  await admin.button('New route').click();
  await admin.field('Name').fill('Washington');
  await admin.field('Numbers that begin with').fill('+1202');
  await admin.choose('Add a gateway', 'telephone');
  await admin.create.click();
  await expect(admin.row('Washington')).toContainText('telephone');
  await admin.button('Which way would a number go?').click();
  await admin.panel.getByRole('combobox', { name: 'User name' }).fill(alice.userName);
  await page.keyboard.press('Tab');
  await admin.field('Number to try').fill(network.telephone.number);
  await admin.panel.getByRole('button', { name: 'Look' }).click();
  await expect(admin.panel.getByText('This call may be made')).toBeVisible();
  await expect(admin.panel.locator('.gateway-candidates')).toContainText('telephone');
  await page.keyboard.press('Escape');

  await admin.goTo('Numbers');
  await admin.button('New number').click();
  await admin.field('Number').fill('+1 202 555 0199');
  await admin.field('Name').fill('Support');
  await admin.panel.getByRole('combobox', { name: 'User name' }).fill(alice.userName);
  await page.keyboard.press('Tab');
  await admin.create.click();
  await expect(admin.row('Support')).toContainText(alice.userName);
});

test('gateways, routes and numbers go out as files and come back as they were', async ({ bridge, page }) => {
  test.setTimeout(90_000);
  const admin = await openAdmin(page, bridge.url, operator);
  for (const name of ['Gateways', 'Routes', 'Numbers']) {
    await admin.goTo(name);
    await expect(admin.button('Export')).toBeVisible();
    for (const [format, file] of [
      [/CSV/, 'list.csv'],
      [/JSON/, 'list.json'],
    ] as const) {
      const text = await exported(page, admin, format);
      expect(text).not.toContain('a secret of the trunk');
      await importFile(admin, file, text);
      await expect(admin.panel.getByText('Nothing would change.')).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(admin.panel).toBeHidden();
    }
  }
  await admin.goTo('Gateways');
  const sheet = 'Id,Host,Max calls\ntelephone,127.0.0.1,7\nspare,192.0.2.1,abc\n';
  await importFile(admin, 'list.csv', sheet);
  await expect(admin.panel.getByText('Max calls: “abc” is no number.')).toBeVisible();
  await importAgain(admin, sheet.replace('abc', '2'));
  await expect(admin.panel.getByRole('button', { name: '1 new gateway' })).toBeVisible();
  await admin.panel.getByRole('button', { name: '1 changed gateway' }).click();
  await expect(admin.panel.getByText('Max calls', { exact: true })).toBeVisible();
  await admin.panel.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.getByText('Imported: 1 new, 1 changed, 0 deleted.')).toBeVisible();
  await expect(admin.row('telephone')).toContainText('of 7');
});

async function importAgain(admin: AdminPages, text: string): Promise<void> {
  const file = { name: 'again.csv', mimeType: 'text/csv', buffer: Buffer.from(text) };
  await admin.panel.locator('input[type=file]').setInputFiles(file);
}

for (const { colorScheme, width, height } of [
  { colorScheme: 'light', width: 1280, height: 800 },
  { colorScheme: 'dark', width: 390, height: 844 },
] as const) {
  test.describe(`${colorScheme}, ${width} pixels wide`, () => {
    test.use({ colorScheme, viewport: { width, height } });

    test('every page about gateways, routes and numbers can be used by everybody', async ({ bridge, page }) => {
      test.setTimeout(150_000);
      const admin = await openAdmin(page, bridge.url, operator);
      await admin.goTo('Gateways');
      await expect(admin.row('telephone').first()).toBeVisible();
      await expectAccessible(page, 'gateways');
      await admin.button('New gateway').click();
      for (const fold of ['More about where it is', 'Limits and times', 'Audio', 'Calls from it', 'TLS', 'Probing']) {
        await admin.button(fold).click();
      }
      await admin.button('Caller ID and number formats').click();
      await admin.create.click();
      await expectAccessible(page, 'a new gateway with problems');
      await page.keyboard.press('Escape');
      await admin.row('telephone').first().click();
      await expect(page.getByRole('heading', { level: 1, name: 'telephone' })).toBeVisible();
      await expect(page.getByRole('img', { name: /^Calls/ })).toBeVisible();
      await admin.button('The same as a table').click();
      await expectAccessible(page, 'a gateway');
      await admin.button('Test this gateway').click();
      await admin.button('Start the test').click();
      await expect(admin.panel.getByText(/^The test has/)).toBeVisible({ timeout: 40_000 });
      await admin.panel
        .getByRole('button', { name: /OPTIONS/ })
        .first()
        .click();
      await expectAccessible(page, 'the test of a gateway');
      await page.keyboard.press('Escape');
      for (const [name, add] of [
        ['Routes', 'New route'],
        ['Numbers', 'New number'],
      ] as const) {
        await admin.goTo(name);
        await expectAccessible(page, name);
        await admin.button(add).click();
        await admin.create.waitFor();
        await admin.panel.getByText('Only at certain hours').click();
        await expectAccessible(page, add);
        await page.keyboard.press('Escape');
        await page.getByRole('button', { name: 'Discard' }).click();
      }
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
    });
  });
}

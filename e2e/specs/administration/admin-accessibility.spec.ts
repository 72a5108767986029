import { expect } from '@playwright/test';
import { expectAccessible, operator, withNetwork } from '../../fixtures/index.ts';
import { openAdmin } from '../../pages/index.ts';

const test = withNetwork({});

for (const { colorScheme, width, height } of [
  { colorScheme: 'light', width: 1280, height: 800 },
  { colorScheme: 'dark', width: 390, height: 844 },
] as const) {
  test.describe(`${colorScheme}, ${width} pixels wide`, () => {
    test.use({ colorScheme, viewport: { width, height } });

    test('every page about people and keys can be used by everybody', async ({ bridge, page }) => {
      test.setTimeout(120_000);
      const admin = await openAdmin(page, bridge.url, operator);
      await expectAccessible(page, 'users');
      await admin.openRow(operator.displayName);
      await expect(admin.field('User name')).toHaveValue(operator.userName);
      await expectAccessible(page, 'a user');
      await page.keyboard.press('Escape');
      await admin.button('New user').click();
      await admin.create.click();
      await expectAccessible(page, 'a new user with problems');
      await page.keyboard.press('Escape');
      for (const [name, add] of [
        ['Groups', 'New group'],
        ['Embed keys', 'New embed key'],
        ['Signing keys', 'New signing key'],
      ] as const) {
        await admin.goTo(name);
        await expectAccessible(page, name);
        await admin.button(add).click();
        await admin.create.waitFor();
        await expectAccessible(page, add);
        await page.keyboard.press('Escape');
      }
      await admin.goTo('Access keys');
      // The list is there once it shows the key that signs.
      await admin.row('Signs').waitFor();
      const retiring = await admin.row('Retiring').count();
      await admin.button('Make a new key').click();
      await expectAccessible(page, 'a new access key');
      await page.getByRole('dialog').getByRole('button', { name: 'Make a new key' }).click();
      await expect(admin.row('Retiring')).toHaveCount(retiring + 1);
      await expectAccessible(page, 'access keys');
      await admin.goTo('Audit log');
      await expectAccessible(page, 'audit log');
      await admin.openRow('Access key: Renewed');
      await expectAccessible(page, 'a change');
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
    });
  });
}

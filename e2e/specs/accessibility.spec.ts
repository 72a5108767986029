import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { telephone, withNetwork } from '../fixtures/index.ts';
import { ContactsPage, HistoryPage, SignInPage } from '../pages/index.ts';

const test = withNetwork({
  telephone: telephone({ transport: 'udp', codec: 'opus', answerMode: 'auto', toneHz: 1000 }),
});

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

async function expectAccessible(page: Page, what: string): Promise<void> {
  // What fades in is judged once it is there.
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => undefined))),
  );
  // React Aria's own announcer keeps a spoken message for some seconds, also when what it is labelled by has gone.
  const { violations } = await new AxeBuilder({ page }).withTags(tags).exclude('[data-live-announcer]').analyze();
  const found = violations.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}\n  ${html}`));
  expect.soft(found, what).toEqual([]);
}

for (const { colorScheme, width, height } of [
  { colorScheme: 'light', width: 1280, height: 800 },
  { colorScheme: 'dark', width: 390, height: 844 },
] as const) {
  test.describe(`${colorScheme}, ${width} pixels wide`, () => {
    test.use({ colorScheme, viewport: { width, height } });

    test('every page can be used by everybody', async ({ bridge, browser, dialer, network, page }) => {
      await test.step('sign-in', async () => {
        const context = await browser.newContext({ colorScheme, viewport: { width, height } });
        const other = await context.newPage();
        await other.goto(bridge.url);
        await expect(new SignInPage(other).submit).toBeVisible();
        await expectAccessible(other, 'sign-in');
        await context.close();
      });
      await expect(dialer.call).toBeVisible();
      await expectAccessible(page, 'dial pad');

      await dialer.dial(network.telephone.number);
      await dialer.expectTalking();
      await expectAccessible(page, 'call');
      await dialer.openKeypad();
      await expectAccessible(page, 'call with keypad');
      await dialer.hangUp.click();
      await dialer.expectIdle();
      await expectAccessible(page, 'ended call');

      const contacts = new ContactsPage(page);
      await dialer.contacts.click();
      await contacts.create({ name: `Ada ${colorScheme} ${width}`, number: network.telephone.number });
      await expect(contacts.person(`Ada ${colorScheme} ${width}`)).toBeVisible();
      await expectAccessible(page, 'contacts');
      await contacts.person(`Ada ${colorScheme} ${width}`).click();
      await expect(contacts.edit).toBeVisible();
      await expectAccessible(page, 'a contact');
      await contacts.edit.click();
      await expect(contacts.save).toBeVisible();
      await expectAccessible(page, 'a contact’s form');
      await contacts.cancel();
      await contacts.close();

      await dialer.history.click();
      const history = new HistoryPage(page);
      await expect(history.entry(`Ada ${colorScheme} ${width}`, 'Answered')).toBeVisible();
      await expectAccessible(page, 'history');
      await history.entry(`Ada ${colorScheme} ${width}`, 'Answered').click();
      await expect(history.dialog).toContainText('What happened');
      await expectAccessible(page, 'a call of the history');
      await page.keyboard.press('Escape');

      await page.getByRole('button', { name: 'Settings', exact: true }).click();
      await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
      await expectAccessible(page, 'settings');
    });
  });
}

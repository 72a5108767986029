import { expect, type Page } from '@playwright/test';
import { expectAccessible, telephone, withNetwork } from '../../fixtures/index.ts';
import { blockMicrophone, silenceMicrophone } from '../../fixtures/troubledMicrophones.ts';
import { ContactsPage, HistoryPage, SignInPage } from '../../pages/index.ts';

const test = withNetwork({
  telephone: telephone({ transport: 'udp', codec: 'opus', answerMode: 'auto', toneHz: 1000 }),
});

for (const { colorScheme, width, height } of [
  { colorScheme: 'light', width: 1280, height: 800 },
  { colorScheme: 'dark', width: 390, height: 844 },
] as const) {
  test.describe(`${colorScheme}, ${width} pixels wide`, () => {
    test.use({ colorScheme, viewport: { width, height } });

    test('every page can be used by everybody', async ({ bridge, browser, dialer, network, page }) => {
      test.setTimeout(180_000);
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
      await page.getByRole('region', { name: 'Sound' }).getByRole('button', { name: 'Check my phone' }).click();
      await expectCheckAccessible(page);
    });
  });
}

/** Before the check of the telephone, while it runs, and with good and bad verdicts. */
async function expectCheckAccessible(page: Page): Promise<void> {
  const verdict = page.getByRole('status', { name: 'Result of the test' });
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  await expect(button('Start the echo test')).toBeVisible();
  await expectAccessible(page, 'the check of the telephone');
  await button('Start the echo test').click();
  await expect(verdict).toContainText('Say something');
  await expectAccessible(page, 'a check that runs');
  // A good one, unless the machine is too busy for good sound.
  await expect(verdict).not.toContainText('Say something', { timeout: 25_000 });
  await expectAccessible(page, 'a verdict');
  await button('Stop').click();
  await expect(button('Test again')).toBeVisible();
  await expectAccessible(page, 'a check that is over');
  await page.evaluate(silenceMicrophone);
  await button('Test again').click();
  await expect(verdict).toContainText('Your microphone is silent', { timeout: 25_000 });
  await expectAccessible(page, 'a bad verdict');
  await button('Stop').click();
  await page.evaluate(blockMicrophone);
  await button('Test again').click();
  await expect(verdict).toContainText('The microphone is blocked');
  await expectAccessible(page, 'a check without a microphone');
}

import { expect } from '@playwright/test';
import { attachLogOnFailure, Bridge, browserTest, microphoneToneHz } from '../../fixtures/index.ts';
import { Dialer, SignInPage } from '../../pages/index.ts';

/** What somebody gets who has configured nothing: only the ports are left to the system here. */
const test = browserTest.extend<{ logOnFailure: undefined }, { bridge: Bridge; signInLink: string }>({
  bridge: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
    async ({}, use) => {
      const listen = ['udp', 'tcp'].map((transport) => ({ transport, host: '127.0.0.1', port: 0 }));
      const bridge = await Bridge.start({ http: { port: 0 }, sip: { listen } });
      await use(bridge);
      await bridge.close();
    },
    { scope: 'worker' },
  ],
  signInLink: [
    async ({ bridge }, use) => {
      const [link] = await bridge.waitForLine(/http\S+#sign-in=\S+/);
      await use(link);
    },
    { scope: 'worker' },
  ],
  logOnFailure: [
    async ({ bridge }, use, testInfo) => {
      await use(undefined);
      await attachLogOnFailure(testInfo, bridge);
    },
    { auto: true },
  ],
});

test('a newcomer opens the printed link, calls the demo network, and the link works only once', async ({
  browser,
  page,
  signInLink,
}) => {
  const dialer = new Dialer(page);
  await page.goto(signInLink);
  await expect(dialer.phoneNumber).toBeVisible();
  expect(page.url()).not.toContain('sign-in=');

  await test.step('the numbers of the demo network are in the address book', async () => {
    await dialer.contacts.click();
    for (const name of ['Echo test', 'Music', 'Busy line', 'No answer', 'Wrong number', 'Voice menu']) {
      await expect(page.getByText(name, { exact: true }).first()).toBeVisible();
    }
  });

  await test.step('a contact is called with one press, and the echo gives the own voice back', async () => {
    await page.getByRole('button', { name: /^Dial Echo test/ }).click();
    await dialer.expectToHear(microphoneToneHz);
    await dialer.hangUp.click();
    await dialer.expectIdle();
  });

  await test.step('the link has had its one time', async () => {
    const context = await browser.newContext();
    const other = await context.newPage();
    await other.goto(signInLink);
    await expect(new SignInPage(other).userName).toBeVisible();
    await context.close();
  });
});

test('the printed password signs in, and every demo number does what its name says', async ({ bridge, page }) => {
  const [, userName = ''] = await bridge.waitForLine(/^\s*User name\s+(\S+)/);
  const [, password = ''] = await bridge.waitForLine(/^\s*Password\s+(\S+)/);
  const dialer = new Dialer(page);
  await page.goto(bridge.url);
  await new SignInPage(page).signIn({ userName, password });

  await test.step('busy', async () => {
    await dialer.dial('+12025550102');
    await expect(dialer.status).toContainText(/busy/i);
    await dialer.expectIdle();
  });
  await test.step('no answer', async () => {
    await dialer.dial('+12025550103');
    await expect(dialer.status).toContainText(/ringing/i);
    await dialer.hangUp.click();
    await dialer.expectIdle();
  });
  await test.step('wrong number', async () => {
    await dialer.dial('+12025550104');
    await expect(dialer.status).toContainText('This number is not in service');
    await dialer.expectIdle();
  });
  await test.step('declined', async () => {
    await dialer.dial('+12025550106');
    await expect(dialer.status).toContainText(/declined/i);
    await dialer.expectIdle();
  });
  await test.step('music: heard while it rings, and after the answer', async () => {
    await dialer.dial('+12025550101');
    await dialer.expectSound();
    await dialer.expectTalking();
    await dialer.expectSound();
    await dialer.hangUp.click();
    await dialer.expectIdle();
  });
  await test.step('keypad test: speaks back what it hears', async () => {
    await dialer.dial('+12025550105');
    await dialer.expectTalking();
    await dialer.openKeypad();
    await dialer.pressKey('7');
    await dialer.expectSound();
    await dialer.hangUp.click();
    await dialer.expectIdle();
  });
});

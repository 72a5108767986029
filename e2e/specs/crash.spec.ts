import { expect } from '@playwright/test';
import { alice, telephone, withNetwork } from '../fixtures/index.ts';
import { SignInPage } from '../pages/index.ts';

const test = withNetwork({
  telephone: telephone({ transport: 'udp', codec: 'PCMU', answerMode: 'auto', toneHz: 1000 }),
});

test('a call that a killed bridge was in is in the history as interrupted after the next start', async ({
  bridge,
  dialer,
  network,
  page,
}) => {
  await dialer.dial(network.telephone.number);
  await dialer.expectToHear(1000);
  await bridge.kill();
  await bridge.restart();
  await page.goto(bridge.url);
  // Another port is another origin: the browser has no session for it.
  await new SignInPage(page).signIn(alice);
  await dialer.history.click();
  await expect(page.getByText(/interrupted/i).first()).toBeVisible();
});

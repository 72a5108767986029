import { expect, type Page } from '@playwright/test';
import { type BadNetwork, spoilNetwork } from '../../fixtures/badNetwork.ts';
import { expectToHear } from '../../fixtures/expectToHear.ts';
import { alice, microphoneToneHz, telephone, withNetwork } from '../../fixtures/index.ts';
import { Dialer, SignInPage } from '../../pages/index.ts';

const test = withNetwork({
  desk: telephone({ transport: 'udp', codec: 'opus', answerMode: 'auto', toneHz: 1000 }),
});

/** Signed in behind a network that loses 5 % of the packets and delays each by up to 40 ms, both ways. */
async function openBehindBadNetwork(page: Page, url: string): Promise<{ dialer: Dialer; network: BadNetwork }> {
  const network = await spoilNetwork(page, { loss: 0.05, jitterMs: 40 });
  await page.goto(url);
  await new SignInPage(page).signIn(alice);
  return { dialer: new Dialer(page), network };
}

test('5 % loss and 40 ms jitter are noticed and named, and speech gets through', async ({ page, bridge, network }) => {
  test.setTimeout(90_000);
  const { number, peer } = network.desk;
  const mark = peer.mark();
  const bad = await openBehindBadNetwork(page, bridge.url);
  await bad.dialer.dial(number);
  await peer.waitForEstablished(mark);
  await expect(page.getByText('Your network loses packets')).toBeVisible({ timeout: 40_000 });
  await bad.dialer.expectToHear(1000);
  await expectToHear(peer, microphoneToneHz);
  // Speech is intelligible well above "many are dissatisfied" (3.1).
  await page.getByRole('button', { name: /^Connection: / }).click();
  const dialog = page.getByRole('dialog', { name: 'Quality of the call' });
  for (const way of ['What you hear', 'What the other side hears']) {
    const score = await dialog.getByText(way, { exact: true }).locator('xpath=following-sibling::dd').textContent();
    expect(Number.parseFloat(score ?? ''), way).toBeGreaterThan(3.1);
  }
  expect(bad.network.paths.some(({ counts }) => counts.lost > 20)).toBe(true);
  await page.keyboard.press('Escape');
  await bad.dialer.hangUp.click();
  await peer.waitForClosed(mark);
  bad.network.close();
});

test('a call over a good network has good sound, and no trouble of the network is named', async ({
  dialer,
  network,
  page,
}) => {
  const { number, peer } = network.desk;
  const mark = peer.mark();
  await dialer.dial(number);
  await peer.waitForEstablished(mark);
  // Good, or fair where a busy machine makes the browser play late.
  const signal = page.getByRole('button', { name: /^Connection: (Good|Fair)\./ });
  await expect(signal).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText('Your network loses packets')).toBeHidden();
  await dialer.hangUp.click();
  await peer.waitForClosed(mark);
});

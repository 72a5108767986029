import { expect, type Page } from '@playwright/test';
import { expectAccessible, operator, scripted, telephone, withNetwork } from '../../fixtures/index.ts';
import { openAdmin } from '../../pages/index.ts';
import { scenarios } from '../../sip-peer/index.ts';

const test = withNetwork({
  desk: telephone({ transport: 'udp', codec: 'opus', answerMode: 'auto', toneHz: 1000 }),
  busy: scripted({ scenario: scenarios.busy }),
});

const texts = (page: Page, region: string, selector: string) =>
  page.getByRole('region', { name: region }).locator(selector).allTextContents();

test('an operator reads how two calls went: one that was answered while it is up, one that was busy', async ({
  bridge,
  browser,
  dialer,
  network,
}) => {
  test.setTimeout(90_000);
  await dialer.dial(network.busy.number);
  await expect(dialer.status).toContainText(/busy/i);
  await dialer.expectIdle();
  await dialer.dial(network.desk.number);
  await dialer.expectTalking();

  const context = await browser.newContext({ colorScheme: 'light', viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const admin = await openAdmin(page, bridge.url, operator);
  await admin.goTo('Calls');
  await expect(admin.row('In progress')).toHaveCount(1);
  await expectAccessible(page, 'calls');
  await admin.row('In progress').click();
  // The page follows the call: the first figures come with the browser's first report.
  await expect(page.getByRole('img', { name: /^Quality \(MOS.*: lowest 4/ })).toBeVisible({ timeout: 30_000 });
  await dialer.hangUp.click();
  await dialer.expectIdle();
  await expect(page.getByRole('region', { name: 'The call' })).toContainText('The caller hung up', { timeout: 20_000 });
  const ladder = page.getByRole('region', { name: 'SIP messages' });
  await expect(ladder.getByText(/200 OK \(BYE\)$/)).toBeVisible({ timeout: 20_000 });
  const messages = await texts(page, 'SIP messages', '.sip-message-arrow');
  expect(messages[0]).toMatch(/^Bridge → gateway: INVITE /);
  expect(messages.some((message) => /^Gateway → bridge: 200 .*\(INVITE\)/.test(message))).toBe(true);
  const steps = await texts(page, 'What happened', '.call-step-text');
  expect(steps[0]).toBe('Call requested');
  for (const step of [
    'Answered',
    'First audio of the browser',
    'Ended: The caller hung up; Q.850 cause 16: normal hanging up',
  ])
    expect(steps).toContain(step);
  await ladder
    .getByRole('button', { name: /INVITE \+?\d/ })
    .first()
    .click();
  await expect(ladder.getByText(/^INVITE sip:/)).toContainText('a=rtpmap');
  await expect(ladder.getByText(/^INVITE sip:/)).not.toContainText('a=ice-pwd');
  await expectAccessible(page, 'a call that was answered');

  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.getByRole('link', { name: 'All calls' }).click();
  await admin.row('Busy').click();
  const head = page.getByRole('region', { name: 'The call' });
  await expect(head).toContainText('SIP 486: busy');
  await expect(page.getByText(/did not take the call: SIP 486/)).toBeVisible();
  expect((await texts(page, 'SIP messages', '.sip-message-arrow')).join()).toMatch(/486.*ACK/);
  await expectAccessible(page, 'a call that was busy');
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
  await context.close();
});

import { expect } from '@playwright/test';
import { expectAccessible } from '../../fixtures/expectAccessible.ts';
import { operator, telephone, withNetwork } from '../../fixtures/index.ts';
import { openAdmin } from '../../pages/index.ts';

const test = withNetwork(
  { desk: telephone({ transport: 'udp', codec: 'opus', answerMode: 'auto', toneHz: 1000 }) },
  {
    billing: { currency: 'EUR' },
    seed: {
      rates: [{ id: '+1', pricePerMinute: 0.6, connectionFee: 0.1 }],
    },
  },
);

test('an operator sees a call as it goes on, and hangs it up for a reason that the record keeps', async ({
  bridge,
  browser,
  dialer,
  network,
}) => {
  const { number, peer } = network.desk;
  const context = await browser.newContext({ locale: 'en-US' });
  const page = await context.newPage();
  const admin = await openAdmin(page, bridge.url, operator);
  await admin.goTo('Live');
  await expect(page.getByText('No call is up')).toBeVisible();

  const mark = peer.mark();
  await dialer.dial(number);
  await dialer.expectToHear(1000);
  const row = page.getByRole('row').filter({ hasText: number });
  await expect(row).toContainText('Talking');
  await expect(row).toContainText('alice');
  await expect(row).toContainText('desk');
  // The fee and the first minute.
  await expect(row).toContainText('0.70');
  await expect(row.getByText(/^[34]\.\d$/)).toBeVisible({ timeout: 15_000 });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page, `the live page in the ${colorScheme}`);
  }

  await row.click();
  const dialog = page.getByRole('dialog', { name: 'Hang up this call?' });
  await dialog.getByRole('textbox').fill('looks like fraud');
  await expectAccessible(page, 'the question before hanging up');
  await dialog.getByRole('button', { name: 'Hang up' }).click();
  await peer.waitForClosed(mark);
  await expect(dialer.status).toContainText('The people who run this phone service ended the call.');
  await expect(page.getByText('No call is up')).toBeVisible();
  await admin.goTo('Audit log');
  await expect(page.getByText('Hung up').first()).toBeVisible();
  await context.close();
});

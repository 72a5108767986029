import { expect } from '@playwright/test';
import { HoldingsReader } from '../../fixtures/Holdings.ts';
import { microphoneToneHz, operator, withNetwork } from '../../fixtures/index.ts';

const test = withNetwork({});

test('a person hears herself, is told that all is well, and nothing is held afterwards', async ({
  dialer,
  bridge,
  page,
}) => {
  const holdings = await HoldingsReader.create(bridge, operator);
  await dialer.phoneNumber.fill('*43');
  await dialer.call.click();
  await expect(page.getByRole('heading', { name: 'Check my phone' })).toBeVisible();
  await page.getByRole('button', { name: 'Start the echo test' }).click();
  await dialer.expectToHear(microphoneToneHz);
  await expect(page.getByText('All good: calls will sound clear')).toBeVisible({ timeout: 20_000 });
  expect((await holdings.read()).own.media).toMatchObject({ sessions: 1, rtpLegs: 0, gatewayPorts: 0 });
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect
    .poll(async () => (await holdings.read()).own.media)
    .toMatchObject({ sessions: 0, routers: 0, transports: 0 });
});

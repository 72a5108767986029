import { expect } from '@playwright/test';
import { telephone, withNetwork } from '../../fixtures/index.ts';
import { freePort } from '../../sip-peer/index.ts';

const test = withNetwork(
  { telephone: telephone({ transport: 'udp', codec: 'PCMU', answerMode: 'auto', toneHz: 1000 }) },
  // A port that stays: the page must find the bridge again where it was.
  { http: { host: '127.0.0.1', port: await freePort() } },
);

test.describe('without permission to use the microphone', () => {
  test.use({ permissions: [] });

  test('nothing rings, and the dialer says what happened and what to do', async ({ dialer, network, page }) => {
    const { number, peer } = network.telephone;
    const mark = peer.mark();
    await dialer.dial(number);
    await expect(page.getByRole('heading', { name: /microphone/i })).toBeVisible();
    await expect(page.getByText(/and dial again|Dial again and choose/)).toBeVisible();
    await dialer.expectIdle();
    expect(peer.mark()).toBe(mark);
  });
});

test('a bridge that stopped is said to be away, and the page finds it again by itself', async ({
  bridge,
  dialer,
  network,
  page,
}) => {
  await expect(dialer.phoneNumber).toBeVisible();
  await bridge.stop();
  const notice = page.getByText('The phone service cannot be reached right now.');
  await expect(notice).toBeVisible({ timeout: 20_000 });
  await bridge.restart();
  await expect(notice).toBeHidden({ timeout: 20_000 });
  await dialer.dial(network.telephone.number);
  await dialer.expectToHear(1000);
  await dialer.hangUp.click();
  await dialer.expectIdle();
});

test('a bridge that is away when the page is opened is said to be unreachable', async ({ bridge, dialer, page }) => {
  await expect(dialer.phoneNumber).toBeVisible();
  // The page itself comes from the bridge: let it load, and lose what it asks for.
  await page.route('**/api/**', (route) => route.abort());
  await page.reload();
  await expect(page.getByText('The phone service cannot be reached')).toBeVisible();
  await page.unroute('**/api/**');
  await expect(dialer.phoneNumber).toBeVisible({ timeout: 20_000 });
  expect(bridge.isRunning).toBe(true);
});

import { expect, type Page } from '@playwright/test';
import { expectToHear } from '../../fixtures/expectToHear.ts';
import { HoldingsReader } from '../../fixtures/Holdings.ts';
import { alice, microphoneToneHz, operator, telephone, withNetwork } from '../../fixtures/index.ts';
import { HistoryPage, RingScreen } from '../../pages/index.ts';
import type { Baresip } from '../../sip-peer/index.ts';

const ours = '+12025550190';

const test = withNetwork(
  { caller: telephone({ transport: 'udp', codec: 'PCMU', answerMode: 'auto', toneHz: 1000 }) },
  {
    seed: {
      numbers: [
        { id: ours, brandId: 'default', destination: { kind: 'user', userName: alice.userName }, ringSeconds: 60 },
      ],
    },
  },
);

/** The telephone calls, and Alice answers. Returns what its lines are counted from. */
async function take(page: Page, peer: Baresip, sipPort: number): Promise<number> {
  const ring = new RingScreen(page);
  await expect(ring.doNotDisturb).toBeEnabled();
  const mark = peer.mark();
  peer.dial(`sip:${ours}@127.0.0.1:${sipPort}`);
  await ring.accept.click();
  await peer.waitForEstablished(mark);
  return mark;
}

test.describe('a call that came in and was answered', () => {
  test('takes digits, and is muted and heard again', async ({ dialer, network, bridgeSipPort }) => {
    const { peer } = network.caller;
    const mark = await take(dialer.page, peer, bridgeSipPort);
    await expectToHear(peer, microphoneToneHz);
    await dialer.openKeypad();
    for (const digit of '159#') await dialer.pressKey(digit);
    await expect.poll(() => peer.digits(mark)).toEqual({ asEvents: '159#', asInfo: '' });
    await dialer.mute.click();
    await expect.poll(() => peer.hears()).toBeNull();
    await dialer.mute.click();
    await expectToHear(peer, microphoneToneHz);
    await dialer.hangUp.click();
    await peer.waitForClosed(mark);
    await dialer.expectIdle();
  });

  test('is held by the gateway, and goes on when it is taken up again', async ({ dialer, network, bridgeSipPort }) => {
    const { peer } = network.caller;
    const mark = await take(dialer.page, peer, bridgeSipPort);
    await dialer.expectToHear(1000);
    await expectToHear(peer, microphoneToneHz);
    peer.hold();
    await expect.poll(() => peer.receivedBitrate()).toBe(0);
    peer.resume();
    // PCMU is 64,000; half of it is no comfort noise.
    await expect.poll(() => peer.receivedBitrate(), { timeout: 15_000 }).toBeGreaterThan(32_000);
    await dialer.expectToHear(1000);
    peer.hangUp();
    await peer.waitForClosed(mark);
    await expect(dialer.status).toContainText('Call ended');
    await dialer.expectIdle();
  });

  test('goes on in a tab that is loaded anew, is hung up there, and is in the history as answered', async ({
    dialer,
    network,
    bridgeSipPort,
    page,
  }) => {
    const { peer } = network.caller;
    const mark = await take(page, peer, bridgeSipPort);
    await dialer.expectToHear(1000);
    await page.reload();
    await dialer.expectToHear(1000);
    await expectToHear(peer, microphoneToneHz);
    await dialer.hangUp.click();
    await peer.waitForClosed(mark);
    await dialer.expectIdle();
    await dialer.history.click();
    await new HistoryPage(page).entry('(202) 555-0100', 'Incoming').click();
    await expect(page.getByRole('dialog')).toContainText('Answered');
  });
});

test('leaves no call, port, transport or timer behind', async ({ bridge }) => {
  test.setTimeout(90_000);
  const reader = await HoldingsReader.create(bridge, operator);
  const nothing = { calls: 0, clientTransactions: 0, serverTransactions: 0, timers: 0 };
  await expect
    .poll(async () => (await reader.read()).own, { timeout: 60_000, intervals: [500] })
    .toMatchObject({ calls: 0, sip: nothing, media: { sessions: 0, routers: 0, transports: 0, gatewayPorts: 0 } });
});

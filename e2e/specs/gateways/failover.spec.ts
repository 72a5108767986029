import { expect } from '@playwright/test';
import { nobody, scripted, withNetwork } from '../../fixtures/index.ts';
import { HistoryPage } from '../../pages/index.ts';
import { scenarios } from '../../sip-peer/index.ts';

const shared = {
  afterSilence: '+12025550171',
  afterRefusal: '+12025550172',
  afterOverload: '+12025550173',
  afterAudio: '+12025550174',
} as const;

/** Probes must not find out before the calls do. */
const blindProbes = {
  probes: { intervalMs: 600_000, failuresUntilDown: 100 },
  calls: { firstResponseTimeoutMs: 1000 },
};

const test = withNetwork(
  {
    silent: nobody({ number: shared.afterSilence, priority: 1 }),
    afterSilence: scripted({ scenario: scenarios.answered, toneHz: 800, number: shared.afterSilence, priority: 2 }),
    refusing: nobody({ number: shared.afterRefusal, priority: 1, transport: 'tcp' }),
    afterRefusal: scripted({ scenario: scenarios.answered, toneHz: 1200, number: shared.afterRefusal, priority: 2 }),
    overloaded: scripted({ scenario: scenarios.serviceUnavailable, number: shared.afterOverload, priority: 1 }),
    afterOverload: scripted({ scenario: scenarios.answered, toneHz: 1600, number: shared.afterOverload, priority: 2 }),
    announcing: scripted({
      scenario: scenarios.announcesAndFails,
      toneHz: 700,
      number: shared.afterAudio,
      priority: 1,
    }),
    afterAudio: scripted({ scenario: scenarios.answered, toneHz: 1500, number: shared.afterAudio, priority: 2 }),
    alone: nobody(),
  },
  blindProbes,
);

const cases = [
  { title: 'says nothing (UDP)', id: 'afterSilence', toneHz: 800 },
  { title: 'refuses the connection (TCP)', id: 'afterRefusal', toneHz: 1200 },
  { title: 'answers 503', id: 'afterOverload', toneHz: 1600 },
] as const;

for (const { title, id, toneHz } of cases) {
  test(`a call goes through the second gateway when the first ${title}`, async ({ dialer, network }) => {
    const { number, peer } = network[id];
    await dialer.dial(number);
    await dialer.expectToHear(toneHz);
    await dialer.hangUp.click();
    await peer.waitForRequest('BYE');
    await dialer.expectIdle();
    // The record names the gateway that took the call.
    await dialer.history.click();
    await new HistoryPage(dialer.page).entry(`(202) 555-${number.slice(-4)}`, 'Answered').click();
    await expect(dialer.page.getByRole('dialog')).toContainText(id);
  });
}

test('early media of a gateway that fails then is heard no more, though it goes on sending', async ({
  dialer,
  network,
}) => {
  await dialer.dial(network.afterAudio.number);
  await dialer.expectToHear(700);
  await dialer.expectToHear(1500);
  await dialer.hangUp.click();
  await network.afterAudio.peer.waitForRequest('BYE');
  await dialer.expectIdle();
});

test('the caller is told when no gateway can be reached', async ({ dialer, network }) => {
  await dialer.dial(network.alone.number);
  await expect(dialer.status).toContainText('cannot be reached');
  await dialer.expectIdle();
});

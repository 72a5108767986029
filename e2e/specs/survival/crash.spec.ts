import { expect } from '@playwright/test';
import type { Bridge } from '../../fixtures/Bridge.ts';
import { alice, scripted, telephone, withNetwork } from '../../fixtures/index.ts';
import { RestClient } from '../../fixtures/RestClient.ts';
import { RingScreen, SignInPage } from '../../pages/index.ts';
import { moves } from '../../sip-peer/index.ts';

const ours = '+12025550190';

const test = withNetwork(
  {
    telephone: telephone({ transport: 'udp', codec: 'PCMU', answerMode: 'auto', toneHz: 1000 }),
    // It has place for one call: what a killed bridge had would be in the way of the next.
    caller: telephone({
      ...{ transport: 'udp', codec: 'PCMU', answerMode: 'auto', toneHz: 1200 },
      entry: { maxCalls: 1 },
    }),
    moves: scripted({ scenario: moves }),
  },
  {
    seed: {
      numbers: [
        { id: ours, brandId: 'default', destination: { kind: 'user', userName: alice.userName }, ringSeconds: 60 },
      ],
    },
  },
);

/** How Alice's latest calls ended, the last one first. */
async function latest(bridge: Bridge, limit: number): Promise<unknown> {
  const client = await RestClient.signIn(bridge.url, alice);
  const { entries } = (await client.get(`/history?limit=${limit}`)).body as { entries: object[] };
  return entries;
}

test('a call that a killed bridge was in is ended at its gateway by the next start, and in the history as interrupted', async ({
  bridge,
  dialer,
  network,
  page,
}) => {
  await dialer.dial(network.telephone.number);
  await dialer.expectToHear(1000);
  const mark = network.telephone.peer.mark();
  await bridge.kill();
  await bridge.restart();
  await network.telephone.peer.waitForClosed(mark);
  await page.goto(bridge.url);
  // Another port is another origin: the browser has no session for it.
  await new SignInPage(page).signIn(alice);
  await dialer.history.click();
  await expect(page.getByText(/interrupted/i).first()).toBeVisible();
});

test('a call whose gateway has moved meanwhile is ended where it is reached now', async ({
  bridge,
  dialer,
  network,
}) => {
  const { number, peer } = network.moves;
  await dialer.dial(number);
  await peer.waitForMessage(
    'the end of the re-INVITE',
    ({ direction, startLine }) => direction === 'sent' && startLine.startsWith('ACK '),
  );
  await dialer.expectToHear(1000);
  await bridge.kill();
  await bridge.restart();
  expect((await peer.waitForRequest('BYE')).startLine).toMatch(/^BYE sip:moved@/);
  await expect.poll(() => latest(bridge, 1)).toMatchObject([{ outcome: 'interrupted' }]);
  await expect.poll(() => bridge.log()).toContain('A call left at a gateway was ended');
});

for (const stage of ['rings', 'is talked in'] as const) {
  test(`a call from a gateway that ${stage} when the bridge is killed is closed as interrupted, once, and holds nothing`, async ({
    bridge,
    bridgeSipPort,
    dialer,
    network,
    page,
  }) => {
    const { peer } = network.caller;
    const ring = new RingScreen(page);
    const callIn = () => peer.dial(`sip:${ours}@127.0.0.1:${bridgeSipPort}`);
    await expect(ring.doNotDisturb).toBeEnabled();
    const before = ((await latest(bridge, 50)) as object[]).length;
    callIn();
    await expect(ring.screen).toBeVisible();
    if (stage === 'is talked in') {
      await ring.accept.click();
      await dialer.expectToHear(1200);
    }
    const mark = peer.mark();
    await bridge.kill();
    if (stage === 'rings') peer.hangUp();
    await bridge.restart();
    if (stage === 'is talked in') await peer.waitForClosed(mark);
    await page.goto(bridge.url);
    await new SignInPage(page).signIn(alice);
    await expect(ring.doNotDisturb).toBeEnabled();
    await expect(ring.screen).toBeHidden();
    const interrupted = { direction: 'incoming', outcome: 'interrupted' };
    expect(await latest(bridge, 50)).toHaveLength(before + 1);
    expect(await latest(bridge, 1)).toMatchObject([interrupted]);
    callIn();
    await ring.accept.click();
    await dialer.expectToHear(1200);
    await dialer.hangUp.click();
    await dialer.expectIdle();
    await expect.poll(() => latest(bridge, 2)).toMatchObject([{ outcome: 'answered' }, interrupted]);
  });
}

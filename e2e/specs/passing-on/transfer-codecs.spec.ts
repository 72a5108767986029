import { expect } from '@playwright/test';
import { expectToHear } from '../../fixtures/expectToHear.ts';
import type { TappedPeer } from '../../fixtures/gatewayPlans.ts';
import { alice, microphoneToneHz, tappedTelephone, telephone, withNetwork } from '../../fixtures/index.ts';
import { eventsOf, pastCall } from '../../fixtures/pastCall.ts';
import { RestClient } from '../../fixtures/RestClient.ts';
import type { Dialer } from '../../pages/index.ts';
import type { Baresip } from '../../sip-peer/index.ts';

const bridged = { transfer: 'bridge' } as const;

const test = withNetwork({
  /** Speaks Opus with a browser, and knows PCMU. */
  opus: tappedTelephone({
    ...{ answerMode: 'auto', toneHz: 1000, prefers: 'opus' },
    entry: { inCall: bridged, codecs: ['opus', 'PCMU'] },
  }),
  /** Speaks PCMA with a browser, and knows PCMU. */
  PCMA: tappedTelephone({
    ...{ answerMode: 'auto', toneHz: 1000, prefers: 'PCMA' },
    entry: { inCall: bridged, codecs: ['PCMA', 'PCMU'] },
  }),
  colleague: telephone({
    ...{ transport: 'udp', codec: 'PCMU', answerMode: 'auto', toneHz: 1500 },
    entry: { inCall: bridged },
  }),
  stranger: telephone({
    ...{ transport: 'udp', codec: 'G722', answerMode: 'auto', toneHz: 2000 },
    entry: { inCall: bridged },
  }),
});

async function talkTo(dialer: Dialer, { number, peer }: { number: string; peer: Baresip }, isSecond = false) {
  const mark = peer.mark();
  await (isSecond ? dialer.addCallTo(number) : dialer.dial(number));
  await peer.waitForEstablished(mark);
  await dialer.expectTalking();
  return mark;
}

/** They talk by PCMU. */
async function expectToTalk({ tap }: TappedPeer, colleague: Baresip, saysHz: number) {
  await expectToHear(colleague, saysHz);
  await expectToHear({ hears: async () => tap.telephoneHears() }, 1500);
  expect(tap.payloadType).toBe(0);
}

const passedOn = (dialer: Dialer) => dialer.page.getByRole('region', { name: 'Passed on' });

for (const name of ['opus', 'PCMA'] as const) {
  // A baresip that goes over from Opus still says what it made for 48,000 Hz stereo: twelve times too slowly.
  const saysHz = name === 'opus' ? 1000 / 12 : 1000;

  test(`attended: a telephone that speaks ${name} goes over to the codec of the other`, async ({ dialer, network }) => {
    const { [name]: customer, colleague } = network;
    const first = await talkTo(dialer, { ...customer, peer: customer.peer.telephone });
    await dialer.expectToHear(1000);
    await expectToHear(customer.peer.telephone, microphoneToneHz);
    // By another codec than PCMU.
    expect(customer.peer.tap.payloadType).not.toBe(0);
    await talkTo(dialer, colleague, true);
    await dialer.expectToHear(1500);
    await dialer.otherCalls.getByRole('button', { name: /^Pass on/ }).click();
    await expect(passedOn(dialer)).toBeVisible();
    await dialer.expectIdle();
    await expectToTalk(customer.peer, colleague.peer, saysHz);
    colleague.peer.hangUp();
    await customer.peer.telephone.waitForClosed(first);
  });

  test(`blind: a telephone that speaks ${name} goes over to the codec of the other`, async ({ dialer, network }) => {
    const { [name]: customer, colleague } = network;
    await talkTo(dialer, { ...customer, peer: customer.peer.telephone });
    await dialer.expectToHear(1000);
    customer.peer.tap.forget();
    const second = colleague.peer.mark();
    await (await dialer.choosePassingOnTo(colleague.number)).now.click();
    await colleague.peer.waitForEstablished(second);
    await expect(passedOn(dialer)).toBeVisible();
    await expectToTalk(customer.peer, colleague.peer, saysHz);
    customer.peer.telephone.hangUp();
    await colleague.peer.waitForClosed(second);
  });
}

test('attended, and no codec that both know: it fails, and the person keeps both calls', async ({
  dialer,
  network,
}) => {
  const { stranger, colleague } = network;
  const first = await talkTo(dialer, stranger);
  await dialer.expectToHear(2000);
  const second = await talkTo(dialer, colleague, true);
  await dialer.expectToHear(1500);
  await dialer.otherCalls.getByRole('button', { name: /^Pass on/ }).click();
  await expect(dialer.otherCalls.getByRole('listitem')).toContainText('Not passed on, on hold');
  await dialer.expectToHear(1500);
  await expectToHear(colleague.peer, microphoneToneHz);
  await dialer.swap();
  await dialer.expectToHear(2000);
  await dialer.hangUp.click();
  await stranger.peer.waitForClosed(first);
  await dialer.hangUp.click();
  await colleague.peer.waitForClosed(second);
  await dialer.expectIdle();
});

test('blind, and no codec that both know: nobody is called, and the person takes the call up again', async ({
  bridge,
  dialer,
  network,
}) => {
  const { stranger, colleague } = network;
  const first = await talkTo(dialer, stranger);
  await dialer.expectToHear(2000);
  const second = colleague.peer.mark();
  await (await dialer.choosePassingOnTo(colleague.number)).now.click();
  const notice = dialer.page.getByRole('alert');
  await expect(notice).toContainText('Could not be passed on');
  await notice.getByRole('button', { name: 'Resume' }).click();
  await dialer.expectToHear(2000);
  await dialer.hangUp.click();
  await stranger.peer.waitForClosed(first);
  expect(colleague.peer.hasClosed(second)).toBe(false);
  const call = await pastCall(await RestClient.signIn(bridge.url, alice), stranger.number);
  expect(eventsOf(call, 'held', 'transferRequested', 'transferFailed', 'resumed')).toEqual([
    ...['held', 'transferRequested', 'transferFailed', 'resumed'],
  ]);
});

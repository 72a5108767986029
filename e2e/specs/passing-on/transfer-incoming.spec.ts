import { expect, type Page } from '@playwright/test';
import { expectToHear } from '../../fixtures/expectToHear.ts';
import type { TappedPeer } from '../../fixtures/gatewayPlans.ts';
import { alice, microphoneToneHz, tappedTelephone, telephone, withNetwork } from '../../fixtures/index.ts';
import { eventsOf, pastCall } from '../../fixtures/pastCall.ts';
import { RestClient } from '../../fixtures/RestClient.ts';
import { type Dialer, RingScreen } from '../../pages/index.ts';
import type { Baresip } from '../../sip-peer/index.ts';

const ours = '+12025550190';
const entry = { inCall: { transfer: 'bridge' } };

const test = withNetwork(
  {
    caller: tappedTelephone({ answerMode: 'auto', toneHz: 1000, entry }),
    colleague: telephone({ transport: 'udp', codec: 'PCMU', answerMode: 'auto', toneHz: 1500, entry }),
    slow: telephone({ transport: 'udp', codec: 'PCMU', answerMode: 'manual', toneHz: 2000, entry }),
  },
  {
    seed: {
      numbers: [
        { id: ours, brandId: 'default', destination: { kind: 'user', userName: alice.userName }, ringSeconds: 60 },
      ],
    },
  },
);

/** The telephone calls, Alice answers, and the two hear each other. Returns what its lines are counted from. */
async function take(dialer: Dialer, { telephone, tap }: TappedPeer): Promise<number> {
  const ring = new RingScreen(dialer.page);
  await expect(ring.doNotDisturb).toBeEnabled();
  const mark = telephone.mark();
  telephone.dial(`sip:${ours}@127.0.0.1:${tap.telephoneSidePort}`);
  await ring.accept.click();
  await telephone.waitForEstablished(mark);
  await dialer.expectToHear(1000);
  await expectToHear(hearing(tap), microphoneToneHz);
  return mark;
}

const hearing = (tap: TappedPeer['tap']) => ({ hears: async () => tap.telephoneHears() });
const passedOn = (page: Page) => page.getByRole('region', { name: 'Passed on' });

async function expectToTalk({ tap }: TappedPeer, colleague: Baresip) {
  await expectToHear(colleague, 1000);
  await expectToHear(hearing(tap), 1500);
}

const callerNumber = '+12025550100';

test('is held and taken up again, and takes digits after that', async ({ dialer, network, bridge }) => {
  const { peer } = network.caller;
  const mark = await take(dialer, peer);
  await dialer.hold.click();
  await expect(dialer.status).toHaveText('On hold');
  await dialer.expectSilence();
  await expect
    .poll(() => Math.abs((peer.tap.telephoneHears()?.frequencyHz ?? microphoneToneHz) - microphoneToneHz))
    .toBeGreaterThan(50);
  await dialer.resume.click();
  await dialer.expectToHear(1000);
  await expectToHear(hearing(peer.tap), microphoneToneHz);
  await dialer.openKeypad();
  for (const digit of '159#') await dialer.pressKey(digit);
  await expect.poll(() => peer.telephone.digits(mark)).toEqual({ asEvents: '159#', asInfo: '' });
  await dialer.hangUp.click();
  await peer.telephone.waitForClosed(mark);
  await dialer.expectIdle();
  const call = await pastCall(await RestClient.signIn(bridge.url, alice), callerNumber);
  expect(eventsOf(call, 'held', 'resumed', 'dtmfSent')).toEqual(['held', 'resumed', ...Array(4).fill('dtmfSent')]);
});

test('is passed on at once: the two talk, and the caller’s hanging up ends both', async ({
  dialer,
  network,
  bridge,
}) => {
  const { caller, colleague } = network;
  await take(dialer, caller.peer);
  const second = colleague.peer.mark();
  await (await dialer.choosePassingOnTo(colleague.number)).now.click();
  await colleague.peer.waitForEstablished(second);
  await expect(passedOn(dialer.page)).toBeVisible();
  await expectToTalk(caller.peer, colleague.peer);
  caller.peer.telephone.hangUp();
  await colleague.peer.waitForClosed(second);
  const call = await pastCall(await RestClient.signIn(bridge.url, alice), callerNumber);
  expect(call.entry).toMatchObject({
    direction: 'incoming',
    outcome: 'answered',
    transferredTo: colleague.number,
  });
  expect(eventsOf(call, 'held', 'transferRequested', 'transferred')).toEqual([
    ...['held', 'transferRequested', 'transferred'],
  ]);
});

test('is passed on after asking: digits go to whom the person talks with, and the two are joined', async ({
  dialer,
  network,
}) => {
  const { caller, colleague } = network;
  const first = await take(dialer, caller.peer);
  const second = colleague.peer.mark();
  await (await dialer.choosePassingOnTo(colleague.number)).askFirst.click();
  await colleague.peer.waitForEstablished(second);
  await dialer.expectToHear(1500);
  await expectToHear(colleague.peer, microphoneToneHz);
  await dialer.openKeypad();
  await dialer.pressKey('7');
  await expect.poll(() => colleague.peer.digits(second).asEvents).toBe('7');
  expect(caller.peer.telephone.digits(first).asEvents).toBe('');
  await dialer.keypad.click();
  await dialer.otherCalls.getByRole('button', { name: /^Pass on/ }).click();
  await expect(passedOn(dialer.page)).toBeVisible();
  await expectToTalk(caller.peer, colleague.peer);
  colleague.peer.hangUp();
  await caller.peer.telephone.waitForClosed(first);
});

test('ends when the caller hangs up before whom it is passed on to has answered, and that one rings no more', async ({
  dialer,
  network,
  bridge,
}) => {
  const { caller, slow } = network;
  await take(dialer, caller.peer);
  const second = slow.peer.mark();
  await (await dialer.choosePassingOnTo(slow.number)).now.click();
  await slow.peer.waitForIncomingCall(second);
  caller.peer.telephone.hangUp();
  await slow.peer.waitForClosed(second);
  await dialer.expectIdle();
  await expect(passedOn(dialer.page)).toBeHidden();
  const call = await pastCall(await RestClient.signIn(bridge.url, alice), callerNumber);
  expect(call.entry).toMatchObject({ outcome: 'answered' });
  expect(call.entry.transferredTo).toBeUndefined();
});

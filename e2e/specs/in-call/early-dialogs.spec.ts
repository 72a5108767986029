import { expect } from '@playwright/test';
import { microphoneToneHz, scripted, tappedScript, withNetwork } from '../../fixtures/index.ts';
import { earlyDialogs, type MediaTap, scenarios } from '../../sip-peer/index.ts';

const test = withNetwork({
  reliable: tappedScript({ scenario: earlyDialogs.reliable, toneHz: 1000 }),
  forked: tappedScript({ scenario: earlyDialogs.forked, toneHz: 1000, otherToneHz: 1500 }),
  late: scripted({ scenario: earlyDialogs.late }),
  refusesHold: tappedScript({ scenario: scenarios.refusesHold, toneHz: 1200 }),
});

async function expectMicrophone(tap: MediaTap): Promise<void> {
  tap.forget();
  await expect
    .poll(() => Math.abs((tap.telephoneHears()?.frequencyHz ?? 0) - microphoneToneHz), { timeout: 15_000 })
    .toBeLessThan(20);
}

test('a reliable announcement is heard before the answer and after it, and so is the person', async ({
  dialer,
  network,
}) => {
  const { sipp, tap } = network.reliable.peer;
  await dialer.dial(network.reliable.number);
  await sipp.waitForRequest('PRACK');
  await dialer.expectToHear(1000);
  expect((await sipp.messages()).some(({ startLine }) => startLine.startsWith('ACK '))).toBe(false);
  await sipp.waitForRequest('ACK');
  await dialer.expectTalking();
  await dialer.expectToHear(1000);
  await expectMicrophone(tap);
  await dialer.hangUp.click();
  await sipp.waitForRequest('BYE');
  expect(await sipp.complaints()).toBe('');
});

test('of two telephones that announce, the last is heard; who answers first has the call, and the other gets a BYE', async ({
  dialer,
  network,
}) => {
  const { sipp, tap } = network.forked.peer;
  await dialer.dial(network.forked.number);
  await dialer.expectToHear(1000);
  await dialer.expectToHear(1500);
  await sipp.waitForRequest('BYE');
  const byes = () => sipp.messages().then((all) => all.filter(({ startLine }) => startLine.startsWith('BYE ')));
  expect((await byes())[0]?.text).toMatch(/^To:.*;tag=first/m);
  await dialer.expectTalking();
  await dialer.expectToHear(1500);
  await expectMicrophone(tap);
  await dialer.hangUp.click();
  await expect.poll(async () => (await byes()).at(-1)?.text).toMatch(/^To:.*;tag=second/m);
  await dialer.expectIdle();
  expect(await sipp.complaints()).toBe('');
});

test('an answer that crosses the hang-up is taken and ended, and nobody is heard', async ({ dialer, network }) => {
  const { peer, number } = network.late;
  await dialer.dial(number);
  await expect(dialer.status).toContainText(/ringing/i);
  await dialer.hangUp.click();
  await dialer.expectIdle();
  await peer.waitForRequest('ACK');
  await peer.waitForRequest('BYE');
  expect(await peer.complaints()).toBe('');
});

test('a gateway that refuses the hold is held by the bridge alone, and both hear each other after it', async ({
  dialer,
  network,
}) => {
  const { sipp, tap } = network.refusesHold.peer;
  await dialer.dial(network.refusesHold.number);
  await dialer.expectToHear(1200);
  await expectMicrophone(tap);
  await dialer.hold.click();
  await expect(dialer.status).toHaveText(/^On hold/);
  await dialer.expectSilence();
  await expect
    .poll(() => Math.abs((tap.telephoneHears()?.frequencyHz ?? microphoneToneHz) - microphoneToneHz))
    .toBeGreaterThan(20);
  await dialer.resume.click();
  await dialer.expectToHear(1200);
  await expectMicrophone(tap);
  await dialer.hangUp.click();
  await sipp.waitForRequest('BYE');
});

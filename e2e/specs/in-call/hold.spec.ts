import { expect } from '@playwright/test';
import { expectToHear } from '../../fixtures/expectToHear.ts';
import { microphoneToneHz, telephone, withNetwork } from '../../fixtures/index.ts';
import type { Baresip } from '../../sip-peer/index.ts';

const test = withNetwork({
  first: telephone({ transport: 'udp', codec: 'PCMU', answerMode: 'auto', toneHz: 1000 }),
  second: telephone({ transport: 'tcp', codec: 'PCMA', answerMode: 'auto', toneHz: 1500 }),
});

/** Of 64,000 bits per second; its recording doesn't go on after a re-INVITE, so what it is can't be told from it. */
const expectToReceive = (peer: Baresip) =>
  expect.poll(() => peer.receivedBitrate(), { timeout: 15_000 }).toBeGreaterThan(32_000);

test('a telephone on hold gets music, the page hears nothing of it, and hears it again when it is taken up', async ({
  dialer,
  network,
}) => {
  const { number, peer } = network.first;
  const mark = peer.mark();
  await dialer.dial(number);
  await peer.waitForEstablished(mark);
  await dialer.expectToHear(1000);
  await expectToHear(peer, microphoneToneHz);
  const hold = dialer.page.getByRole('button', { name: 'Hold', exact: true });
  await hold.click();
  await expect.poll(() => dialer.hears()).toBeNull();
  await expectToReceive(peer);
  await hold.click();
  await dialer.expectToHear(1000);
  await expectToReceive(peer);
  await dialer.hangUp.click();
  await peer.waitForClosed(mark);
  await dialer.expectIdle();
});

test('says that the other side holds the call, and that it is taken up again', async ({ dialer, network }) => {
  const { number, peer } = network.first;
  const mark = peer.mark();
  await dialer.dial(number);
  await peer.waitForEstablished(mark);
  await dialer.expectToHear(1000);
  const notice = dialer.page.getByText('has put you on hold').first();
  peer.hold();
  await expect(notice).toBeVisible();
  peer.resume();
  await expect(notice).toBeHidden();
  await dialer.expectToHear(1000);
  await dialer.hangUp.click();
  await peer.waitForClosed(mark);
  await dialer.expectIdle();
});

test('of two calls one is talked in, and they are swapped', async ({ dialer, network }) => {
  const { first, second } = network;
  const marks = [first.peer.mark(), second.peer.mark()] as const;
  await dialer.dial(first.number);
  await first.peer.waitForEstablished(marks[0]);
  await dialer.expectToHear(1000);
  await dialer.page.getByRole('button', { name: 'Add call', exact: true }).click();
  await dialer.dial(second.number);
  await second.peer.waitForEstablished(marks[1]);
  await dialer.expectToHear(1500);
  await expectToHear(second.peer, microphoneToneHz);
  await dialer.page.getByRole('button', { name: /^Swap/ }).click();
  await dialer.expectToHear(1000);
  second.peer.hangUp();
  await second.peer.waitForClosed(marks[1]);
  await dialer.hangUp.click();
  await first.peer.waitForClosed(marks[0]);
  await dialer.expectIdle();
});

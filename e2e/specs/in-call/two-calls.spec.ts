import { expect } from '@playwright/test';
import { expectToHear } from '../../fixtures/expectToHear.ts';
import { microphoneToneHz, telephone, withNetwork } from '../../fixtures/index.ts';
import type { Dialer } from '../../pages/index.ts';
import type { Baresip } from '../../sip-peer/index.ts';

const toneHz = { anna: 1000, ben: 1500, cleo: 2000 } as const;

// So that calls are passed on by us: what gateways do on REFER is shown where the bridge is.
const entry = { inCall: { transfer: 'bridge' } };
const test = withNetwork({
  anna: telephone({ transport: 'udp', codec: 'PCMU', answerMode: 'auto', toneHz: toneHz.anna, entry }),
  ben: telephone({ transport: 'tcp', codec: 'PCMU', answerMode: 'auto', toneHz: toneHz.ben, entry }),
  cleo: telephone({ transport: 'udp', codec: 'PCMU', answerMode: 'auto', toneHz: toneHz.cleo, entry }),
});

async function talkTo(dialer: Dialer, { number, peer }: { number: string; peer: Baresip }): Promise<number> {
  const mark = peer.mark();
  await dialer.dial(number);
  await peer.waitForEstablished(mark);
  await dialer.expectTalking();
  return mark;
}

async function addCallTo(dialer: Dialer, { number, peer }: { number: string; peer: Baresip }): Promise<number> {
  const mark = peer.mark();
  await dialer.addCallTo(number);
  await peer.waitForEstablished(mark);
  await dialer.expectTalking();
  return mark;
}

test('who is on hold is heard no more until the person resumes', async ({ dialer, network }) => {
  const mark = await talkTo(dialer, network.anna);
  await dialer.expectToHear(toneHz.anna);
  // What it hears after this its recording doesn't tell: that is shown where the bridge is.
  await expectToHear(network.anna.peer, microphoneToneHz);
  await dialer.hold.click();
  await expect(dialer.status).toHaveText('On hold');
  await dialer.expectSilence();
  await dialer.resume.click();
  await expect(dialer.status).toHaveText('Connected');
  await dialer.expectToHear(toneHz.anna);
  await dialer.hangUp.click();
  await network.anna.peer.waitForClosed(mark);
});

test('the person sees that the other side holds, and hears it again after that', async ({ dialer, network }) => {
  const { ben } = network;
  const mark = await talkTo(dialer, ben);
  await expectToHear(ben.peer, microphoneToneHz);
  ben.peer.hold();
  await expect(dialer.status).toHaveText('You are on hold');
  await dialer.expectSilence();
  ben.peer.resume();
  await expect(dialer.status).toHaveText('Connected');
  await dialer.expectToHear(toneHz.ben);
  await dialer.hangUp.click();
  await ben.peer.waitForClosed(mark);
});

test('a second call is made beside the first, and the two are swapped', async ({ dialer, network }) => {
  const { anna, ben } = network;
  const first = await talkTo(dialer, anna);
  await dialer.expectToHear(toneHz.anna);
  const second = await addCallTo(dialer, ben);
  await dialer.expectToHear(toneHz.ben);
  await expectToHear(ben.peer, microphoneToneHz);
  await expect(dialer.otherCalls.getByRole('listitem')).toContainText('On hold 0:');

  await dialer.swap();
  await dialer.expectToHear(toneHz.anna);
  await dialer.swap();
  await dialer.expectToHear(toneHz.ben);

  // The end of the one in front brings the other forward, and lets nobody be heard unawares.
  await dialer.hangUp.click();
  await ben.peer.waitForClosed(second);
  await expect(dialer.status).toHaveText('On hold');
  await expect(dialer.otherCalls).toBeHidden();
  await dialer.expectSilence();
  await dialer.resume.click();
  await dialer.expectToHear(toneHz.anna);
  await dialer.hangUp.click();
  await anna.peer.waitForClosed(first);
  await dialer.expectIdle();
});

test('both calls outlive a reload of the page, the one in front still in front', async ({ dialer, network }) => {
  const { anna, ben } = network;
  const first = await talkTo(dialer, anna);
  const second = await addCallTo(dialer, ben);
  await dialer.page.reload();
  await expect(dialer.otherCalls.getByRole('listitem')).toHaveCount(1);
  await dialer.expectToHear(toneHz.ben);
  await expectToHear(ben.peer, microphoneToneHz);
  await dialer.swap();
  await dialer.expectToHear(toneHz.anna);
  await dialer.hangUp.click();
  await anna.peer.waitForClosed(first);
  await dialer.hangUp.click();
  await ben.peer.waitForClosed(second);
});

test('a call is passed on to a number at once: the two talk, and the person is out', async ({ dialer, network }) => {
  const { anna, cleo } = network;
  const first = await talkTo(dialer, anna);
  const third = cleo.peer.mark();
  const choice = await dialer.choosePassingOnTo(cleo.number);
  await choice.now.click();
  await cleo.peer.waitForEstablished(third);
  await expect(dialer.page.getByRole('region', { name: 'Passed on' })).toBeVisible();
  await expectToHear(cleo.peer, toneHz.anna);
  anna.peer.hangUp();
  await cleo.peer.waitForClosed(third);
  await anna.peer.waitForClosed(first);
});

test('a call is passed on after asking there first: the two talk, and the person is out of both', async ({
  dialer,
  network,
}) => {
  const { anna, cleo } = network;
  const first = await talkTo(dialer, anna);
  const third = cleo.peer.mark();
  const choice = await dialer.choosePassingOnTo(cleo.number);
  await choice.askFirst.click();
  await cleo.peer.waitForEstablished(third);
  await dialer.expectTalking();
  await dialer.expectToHear(toneHz.cleo);
  await expectToHear(cleo.peer, microphoneToneHz);
  await dialer.otherCalls.getByRole('button', { name: /^Pass on/ }).click();
  await dialer.expectIdle();
  await expect(dialer.page.getByRole('region', { name: 'Passed on' })).toBeVisible();
  await expectToHear(cleo.peer, toneHz.anna);
  cleo.peer.hangUp();
  await anna.peer.waitForClosed(first);
});

test('a call that nobody takes comes back, on hold, and can be resumed', async ({ dialer, network }) => {
  const { anna } = network;
  const first = await talkTo(dialer, anna);
  const choice = await dialer.choosePassingOnTo('+442079460999');
  await choice.now.click();
  const notice = dialer.page.getByRole('alert');
  await expect(notice).toContainText('Could not be passed on');
  await notice.getByRole('button', { name: 'Resume' }).click();
  await dialer.expectToHear(toneHz.anna);
  await dialer.hangUp.click();
  await anna.peer.waitForClosed(first);
});

test('a code that is pasted is sent as key tones', async ({ dialer, network }) => {
  const { anna } = network;
  const mark = await talkTo(dialer, anna);
  const paste = (text: string) =>
    dialer.page.evaluate((code) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text', code);
      document.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
    }, text);
  await paste('159#');
  await expect.poll(() => anna.peer.digits(mark).asEvents).toBe('159#');
  await paste('no code 5');
  await expect(dialer.page.getByText('Only digits, * and # can be pasted')).toBeVisible();
  await paste('1234 5678 9012');
  await expect.poll(() => anna.peer.digits(mark).asEvents, { timeout: 15_000 }).toBe('159#123456789012');
  await dialer.hangUp.click();
  await anna.peer.waitForClosed(mark);
});

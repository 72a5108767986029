import { expect } from '@playwright/test';
import { expectToHear } from '../fixtures/expectToHear.ts';
import { microphoneToneHz, telephone, withNetwork } from '../fixtures/index.ts';
import type { Dialer } from '../pages/index.ts';
import type { Baresip } from '../sip-peer/index.ts';

const toneHz = { anna: 1000, ben: 1500, cleo: 2000 } as const;

const test = withNetwork({
  anna: telephone({ transport: 'udp', codec: 'PCMU', answerMode: 'auto', toneHz: toneHz.anna }),
  ben: telephone({ transport: 'tcp', codec: 'PCMU', answerMode: 'auto', toneHz: toneHz.ben }),
  cleo: telephone({ transport: 'udp', codec: 'PCMU', answerMode: 'auto', toneHz: toneHz.cleo }),
});

/** The person hears the telephone, and is heard there. */
async function expectTalk(dialer: Dialer, peer: Baresip, hz: number): Promise<void> {
  await dialer.expectToHear(hz);
  await expectToHear(peer, microphoneToneHz);
}

/** Whatever comes to the telephone now, it is not the person. */
async function expectNotHeard(peer: Baresip): Promise<void> {
  const isHeard = async () => {
    const tone = await peer.hears();
    return tone !== null && tone.purity > 0.5 && Math.abs(tone.frequencyHz - microphoneToneHz) < 20;
  };
  await expect.poll(isHeard, { message: 'the person is not heard', timeout: 15_000 }).toBe(false);
}

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

test('who is on hold hears the person no more, nor is heard, until the person resumes', async ({ dialer, network }) => {
  const mark = await talkTo(dialer, network.anna);
  await expectTalk(dialer, network.anna.peer, toneHz.anna);
  await dialer.hold.click();
  await expect(dialer.status).toHaveText('On hold');
  await dialer.expectSilence();
  await expectNotHeard(network.anna.peer);
  await dialer.resume.click();
  await expect(dialer.status).toHaveText('Connected');
  await expectTalk(dialer, network.anna.peer, toneHz.anna);
  await dialer.hangUp.click();
  await network.anna.peer.waitForClosed(mark);
});

test('the person sees that the other side holds, hears them again after it, and is heard', async ({
  dialer,
  network,
}) => {
  const { peer } = network.anna;
  const mark = await talkTo(dialer, network.anna);
  peer.hold();
  await expect(dialer.status).toHaveText('You are on hold');
  await dialer.expectSilence();
  peer.resume();
  await expect(dialer.status).toHaveText('Connected');
  await dialer.expectToHear(toneHz.anna);
  await dialer.hangUp.click();
  await peer.waitForClosed(mark);
});

test('a second call is made beside the first, and the two are swapped', async ({ dialer, network }) => {
  const { anna, ben } = network;
  const first = await talkTo(dialer, anna);
  await expectTalk(dialer, anna.peer, toneHz.anna);
  const second = await addCallTo(dialer, ben);
  await expectTalk(dialer, ben.peer, toneHz.ben);
  await expectNotHeard(anna.peer);
  await expect(dialer.otherCalls.getByRole('listitem')).toContainText('On hold 0:');

  await dialer.swap();
  await expectTalk(dialer, anna.peer, toneHz.anna);
  await expectNotHeard(ben.peer);

  // The end of the one in front brings the other forward, and lets nobody be heard unawares.
  await dialer.hangUp.click();
  await anna.peer.waitForClosed(first);
  await expect(dialer.status).toHaveText('On hold');
  await expect(dialer.otherCalls).toBeHidden();
  await dialer.expectSilence();
  await dialer.resume.click();
  await expectTalk(dialer, ben.peer, toneHz.ben);
  await dialer.hangUp.click();
  await ben.peer.waitForClosed(second);
  await dialer.expectIdle();
});

test('both calls outlive a reload of the page, the one in front still in front', async ({ dialer, network }) => {
  const { anna, ben } = network;
  const first = await talkTo(dialer, anna);
  const second = await addCallTo(dialer, ben);
  await dialer.page.reload();
  await expect(dialer.otherCalls.getByRole('listitem')).toHaveCount(1);
  await expectTalk(dialer, ben.peer, toneHz.ben);
  await expectNotHeard(anna.peer);
  await dialer.hangUp.click();
  await ben.peer.waitForClosed(second);
  await dialer.hangUp.click();
  await anna.peer.waitForClosed(first);
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
  await expectToHear(anna.peer, toneHz.cleo);
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
  await expectTalk(dialer, cleo.peer, toneHz.cleo);
  await dialer.otherCalls.getByRole('button', { name: /^Pass on/ }).click();
  await expect(dialer.page.getByRole('region', { name: 'Passed on' })).toBeVisible();
  await dialer.expectIdle();
  await expectToHear(cleo.peer, toneHz.anna);
  await expectToHear(anna.peer, toneHz.cleo);
  cleo.peer.hangUp();
  await anna.peer.waitForClosed(first);
});

test('a call that nobody takes comes back, on hold, and can be resumed', async ({ dialer, network }) => {
  const { anna } = network;
  const first = await talkTo(dialer, anna);
  const choice = await dialer.choosePassingOnTo('+442079460999');
  await choice.now.click();
  await expect(dialer.page.getByRole('alert')).toContainText('Could not be passed on');
  await dialer.page.getByRole('alert').getByRole('button', { name: 'Resume' }).click();
  await expectTalk(dialer, anna.peer, toneHz.anna);
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

import type { Page } from '@playwright/test';
import { Dialer, RingScreen } from '../pages/index.ts';
import type { Baresip } from '../sip-peer/index.ts';

export interface CallScreens {
  readonly take: (name: string) => Promise<void>;
  /** Somebody's telephone, which calls from outside. */
  readonly telephone: Baresip;
  /** Where it calls. */
  readonly support: string;
}

/** Calls as they come in, are held, stand side by side and are passed on. */
export async function takeCallScreens(page: Page, screens: CallScreens): Promise<void> {
  await takeIncoming(page, screens);
  await takeTwoCalls(page, screens);
  await takeHeldByOther(page, screens);
}

/** Somebody calls: while nothing else is up, while the person talks, and in vain. */
async function takeIncoming(page: Page, { take, telephone, support }: CallScreens): Promise<void> {
  const dialer = new Dialer(page);
  const ring = new RingScreen(page);
  const call = () => telephone.dial(support);
  call();
  await ring.screen.waitFor();
  await take('incoming');
  telephone.hangUp();
  await ring.missed.waitFor();
  await take('missed');
  await dialer.dial('+12025550101');
  await dialer.expectTalking();
  call();
  await ring.waiting.waitFor();
  await take('call-waiting');
  await ring.waiting.getByRole('button', { name: /^End this call/ }).click();
  await dialer.expectTalking();
  await take('incoming-talking');
  await dialer.hangUp.click();
  await dialer.expectIdle();
  await take('incoming-ended');
}

/** A call on hold, another one beside it, and one that is passed on. */
async function takeTwoCalls(page: Page, { take }: CallScreens): Promise<void> {
  const dialer = new Dialer(page);
  await dialer.dial('+12025550101');
  await dialer.expectTalking();
  await dialer.hold.click();
  await dialer.resume.waitFor();
  await take('on-hold');
  await dialer.resume.click();
  await dialer.expectTalking();
  await dialer.addCall.click();
  await dialer.phoneNumber.fill('+1 202 555 010');
  await take('add-call');
  await dialer.dial('+12025550100');
  await dialer.expectTalking();
  await take('two-calls');
  const choice = await dialer.choosePassingOnTo('');
  await choice.dialog.getByRole('option', { name: /Elias Brandt/ }).click();
  await take('pass-on');
  await choice.now.click();
  await page.getByText('It rings at Elias Brandt').waitFor();
  await take('passing-on');
  await page.getByRole('button', { name: 'Take it back' }).click();
  await dialer.expectTalking();
  await dialer.hangUp.click();
  await dialer.resume.first().waitFor();
  await take('brought-forward');
  await dialer.hangUp.click();
  await dialer.expectIdle();
}

async function takeHeldByOther(page: Page, { take, telephone, support }: CallScreens): Promise<void> {
  const dialer = new Dialer(page);
  telephone.dial(support);
  await new RingScreen(page).accept.click();
  await dialer.expectTalking();
  telephone.hold();
  await page.getByText(/has put you on hold/).waitFor();
  await take('held-by-other');
  await dialer.hangUp.click();
  await dialer.expectIdle();
}

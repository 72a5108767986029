import type { Page } from '@playwright/test';
import { alice } from '../fixtures/index.ts';
import { Dialer, Moving, SignInPage } from '../pages/index.ts';

export interface MovingScreenshots {
  /** Another browser of the same person. */
  readonly openOther: () => Promise<Page>;
  readonly take: (page: Page, name: string) => Promise<void>;
  readonly number: string;
}

/** How a call looks that has lost its bridge, is moved to another device, or is found again. */
export async function takeMovingPages(page: Page, { openOther, take, number }: MovingScreenshots): Promise<void> {
  const dialer = new Dialer(page);
  const moving = new Moving(page);
  const otherPage = await openOther();
  const other = { dialer: new Dialer(otherPage), moving: new Moving(otherPage) };
  await new SignInPage(otherPage).signIn(alice);
  await dialer.dial(number);
  await dialer.expectTalking();

  await page.context().setOffline(true);
  await page.getByText('Reconnecting, the other side is still there').waitFor();
  await take(page, 'reconnecting');
  await page.context().setOffline(false);
  await page.getByText('Reconnecting, the other side is still there').waitFor({ state: 'hidden' });

  await other.moving.takeHere.waitFor();
  await take(otherPage, 'calls-elsewhere');
  await moving.push();
  await moving.code.waitFor();
  await take(page, 'move-call');
  await other.moving.takeOver.waitFor();
  await take(otherPage, 'pushed-call');
  await page.keyboard.press('Escape');
  const link = await moving.link();
  await page.keyboard.press('Escape');
  await other.moving.takeOver.click();
  await other.dialer.expectTalking();
  await page.getByRole('heading', { name: /^Continues on / }).waitFor();
  await take(page, 'moved-call');

  const guest = await openOther();
  await guest.goto(link);
  await guest.getByText('Sign in, and your call goes on here.').waitFor();
  await take(guest, 'sign-in-for-call');
  await guest.context().close();

  // Closed in the call, and opened again where the browser would ask for the microphone.
  const context = otherPage.context();
  await otherPage.close();
  await context.clearPermissions();
  const again = await context.newPage();
  await again.goto(new URL('/', link).href);
  await new Moving(again).takeBack.waitFor();
  await take(again, 'call-still-there');
  await again.getByRole('button', { name: 'Hang up' }).click();
  await moving.takeHere.waitFor({ state: 'hidden' });
  await context.close();
  await page.getByRole('button', { name: 'Dismiss', exact: true }).click();
}

import type { Page } from '@playwright/test';
import { alice } from '../fixtures/index.ts';
import { ContactsPage, Dialer, HistoryPage, SignInPage } from '../pages/index.ts';

type Take = (name: string) => Promise<void>;

/** Signs in and goes through the pages as a person would. `makeCalls` makes some more of those that fill the history. */
export async function takeDialerPages(page: Page, take: Take, makeCalls: () => Promise<void>): Promise<void> {
  const dialer = new Dialer(page);
  await takeFirstCalls(page, take);
  await makeCalls();
  await takeRecords(page, take);
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await page.getByRole('heading', { name: 'Settings' }).waitFor();
  await take('settings');
  await page.getByRole('button', { name: 'Play the ring' }).scrollIntoViewIfNeeded();
  await take('settings-ring');
  await page.getByRole('button', { name: 'Dial pad', exact: true }).click();
  await dialer.call.waitFor();
  await take('dial-pad');
}

async function takeFirstCalls(page: Page, take: Take): Promise<void> {
  const signIn = new SignInPage(page);
  const dialer = new Dialer(page);
  await signIn.submit.waitFor();
  await take('sign-in');
  await signIn.signIn(alice);
  await dialer.phoneNumber.fill('+1 202 555 0102');
  await take('dialling');
  await dialer.call.click();
  await dialer.expectIdle();
  await take('busy');

  await dialer.dial('+12025550103');
  await dialer.hangUp.waitFor();
  await take('ringing');
  await dialer.hangUp.click();
  await dialer.expectIdle();

  await dialer.dial('+12025550100');
  await dialer.expectTalking();
  await take('talking');
  await dialer.openKeypad();
  for (const digit of '159#') await dialer.pressKey(digit);
  await take('keypad');
  await dialer.hangUp.click();
  await dialer.expectIdle();

  await dialer.dial('+12025550105');
  await page.getByRole('timer', { name: 'End of the call' }).waitFor();
  await take('ends-soon');
  await dialer.hangUp.click();
  await dialer.expectIdle();
}

async function takeRecords(page: Page, take: Take): Promise<void> {
  const dialer = new Dialer(page);
  await dialer.contacts.click();
  const contacts = new ContactsPage(page);
  await contacts.person('Amara Okafor').waitFor();
  await take('contacts');
  await contacts.person('Amara Okafor').click();
  await contacts.edit.waitFor();
  await take('contact');
  await contacts.edit.click();
  await contacts.save.waitFor();
  await take('contact-form');
  await contacts.cancel();
  await contacts.close();

  await dialer.history.click();
  const history = new HistoryPage(page);
  await history.entry('Amara Okafor', 'Answered').waitFor();
  await take('history');
  await history.entry('Amara Okafor', 'Answered').click();
  await history.dialog.getByText('What happened').waitFor();
  await take('call-details');
  await page.keyboard.press('Escape');
}

import { expect } from '@playwright/test';
import { expectToHear } from '../../fixtures/expectToHear.ts';
import { alice, microphoneToneHz, telephone, withNetwork } from '../../fixtures/index.ts';
import { Dialer, SignInPage } from '../../pages/index.ts';

const test = withNetwork({
  telephone: telephone({ transport: 'udp', codec: 'opus', answerMode: 'auto', toneHz: 1000 }),
});

test('a wrong password is told in plain words, and the right one then signs in', async ({ bridge, page }) => {
  await page.goto(bridge.url);
  const signIn = new SignInPage(page);
  await signIn.signIn({ ...alice, password: 'not this one' });
  await expect(page.getByRole('alert')).toContainText('The user name or the password is not right.');
  await signIn.signIn(alice);
  await expect(new Dialer(page).phoneNumber).toBeVisible();
});

test('a number is dialled by keyboard alone, formatted while it is typed', async ({ dialer, network, page }) => {
  const mark = network.telephone.peer.mark();
  await expect(dialer.phoneNumber).toBeVisible();
  // Nothing was clicked: digits typed anywhere are meant for the telephone.
  await page.keyboard.type(network.telephone.number);
  await expect(dialer.phoneNumber).toHaveValue('+1 202 555 0100');
  await page.keyboard.press('Enter');
  await network.telephone.peer.waitForEstablished(mark);
  await dialer.hangUp.press('Enter');
  await dialer.expectIdle();
});

test('a number is found in pasted text', async ({ dialer, network, page }) => {
  const mark = network.telephone.peer.mark();
  await dialer.phoneNumber.focus();
  await page.evaluate(() => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', 'Call me: +1 (202) 555-0100, after six!');
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    );
  });
  await expect(dialer.phoneNumber).toHaveValue('+1 202 555 0100');
  await dialer.call.click();
  await network.telephone.peer.waitForEstablished(mark);
  await dialer.hangUp.click();
  await dialer.expectIdle();
});

test('a number is dialled on the pad, and read as one of the brand’s country', async ({ dialer, network }) => {
  const mark = network.telephone.peer.mark();
  for (const digit of '2025550100') await dialer.pressKey(digit);
  await expect(dialer.phoneNumber).toHaveValue('(202) 555-0100');
  await dialer.call.click();
  await network.telephone.peer.waitForEstablished(mark);
  await dialer.hangUp.click();
  await dialer.expectIdle();
});

test('a page that is loaded again is still signed in', async ({ dialer, page }) => {
  await expect(dialer.phoneNumber).toBeVisible();
  await page.reload();
  await expect(dialer.phoneNumber).toBeVisible();
});

test('a call outlives the reload of its page: both sides hear each other again', async ({ dialer, network, page }) => {
  const { number, peer } = network.telephone;
  const mark = peer.mark();
  await dialer.dial(number);
  await dialer.expectToHear(1000);
  // The page asks whether to leave a running call.
  page.on('dialog', (dialog) => void dialog.accept());
  await page.reload();
  await expect(dialer.hangUp).toBeVisible();
  await dialer.expectToHear(1000);
  await expectToHear(peer, microphoneToneHz);
  await dialer.hangUp.click();
  await peer.waitForClosed(mark);
  await dialer.expectIdle();
});

import { type Browser, expect } from '@playwright/test';
import { expectToHear } from '../../fixtures/expectToHear.ts';
import { alice, expectAccessible, microphoneToneHz, telephone, withNetwork } from '../../fixtures/index.ts';
import { Dialer, Moving, SignInPage } from '../../pages/index.ts';

const toneHz = 1000;
const test = withNetwork({
  telephone: telephone({ transport: 'udp', codec: 'PCMU', answerMode: 'auto', toneHz }),
});

/** Another browser of the same person, by its own storage. */
async function otherDevice(browser: Browser, url: string) {
  const context = await browser.newContext({ permissions: ['microphone'], locale: 'en-US' });
  const page = await context.newPage();
  await page.goto(url);
  return { context, page, dialer: new Dialer(page), moving: new Moving(page) };
}

async function signedIn(browser: Browser, url: string) {
  const device = await otherDevice(browser, url);
  await new SignInPage(device.page).signIn(alice);
  await expect(device.dialer.phoneNumber).toBeVisible();
  return device;
}

/** The call is `there`, heard by both, and was never interrupted at the far end; here it says where it went. */
async function expectMoved({ here, there, peer, mark }: MovedCall) {
  await expect(here.page.getByRole('heading', { name: 'Continues on Chrome on Linux' })).toBeVisible();
  await there.expectToHear(toneHz);
  await expectToHear(peer, microphoneToneHz);
  await here.expectSilence();
  await there.hangUp.click();
  // It is this very call that ends, and it has not ended before.
  await peer.waitForClosed(mark);
  await there.expectIdle();
}

interface MovedCall {
  readonly here: Dialer;
  readonly there: Dialer;
  readonly peer: Parameters<typeof expectToHear>[0] & { waitForClosed(mark: number): Promise<string> };
  readonly mark: number;
}

test('a call is pushed to another device, which is asked first', async ({ bridge, browser, dialer, network, page }) => {
  const { number, peer } = network.telephone;
  const other = await signedIn(browser, bridge.url);
  const mark = peer.mark();
  await dialer.dial(number);
  await dialer.expectToHear(toneHz);
  await new Moving(page).push();
  await expect(page.getByText('Chrome on Linux was asked.')).toBeVisible();
  await expectAccessible(page, 'the ways to another device');
  await expect(other.moving.takeOver).toBeVisible();
  await expectAccessible(other.page, 'a call that is pushed here');
  await other.moving.takeOver.click();
  await expectMoved({ here: dialer, there: other.dialer, peer, mark });
  await other.context.close();
});

test('a call is taken from another device, like a handset', async ({ bridge, browser, dialer, network }) => {
  const { number, peer } = network.telephone;
  const other = await signedIn(browser, bridge.url);
  const mark = peer.mark();
  await dialer.dial(number);
  await dialer.expectToHear(toneHz);
  await other.moving.takeHere.click();
  await expectMoved({ here: dialer, there: other.dialer, peer, mark });
  await other.context.close();
});

test('a link moves the call to who opens it, after they have signed in, and once', async ({
  bridge,
  browser,
  dialer,
  network,
  page,
}) => {
  const { number, peer } = network.telephone;
  const mark = peer.mark();
  await dialer.dial(number);
  await dialer.expectToHear(toneHz);
  const link = await new Moving(page).link();
  expect(link).toContain(`${bridge.url}/#continue=`);
  const other = await otherDevice(browser, link);
  await expect(other.page.getByText('Sign in, and your call goes on here.')).toBeVisible();
  // The key is in no address that stays.
  expect(other.page.url()).not.toContain('continue');
  await new SignInPage(other.page).signIn(alice);
  await expect(other.dialer.hangUp).toBeVisible();
  await other.dialer.expectToHear(toneHz);
  // Whoever comes with the same link later gets nothing.
  const late = await otherDevice(browser, link);
  await new SignInPage(late.page).signIn(alice);
  await expect(late.page.getByText('This link to the call was already used or is too old.').first()).toBeVisible();
  await expectMoved({ here: dialer, there: other.dialer, peer, mark });
  await Promise.all([other.context.close(), late.context.close()]);
});

test('a call moves away and back again', async ({ bridge, browser, dialer, network, page }) => {
  const { number, peer } = network.telephone;
  const other = await signedIn(browser, bridge.url);
  const mark = peer.mark();
  await dialer.dial(number);
  await dialer.expectToHear(toneHz);
  await other.moving.takeHere.click();
  await other.dialer.expectToHear(toneHz);
  await new Moving(page).takeHere.click();
  await expectMoved({ here: other.dialer, there: dialer, peer, mark });
  await other.context.close();
});

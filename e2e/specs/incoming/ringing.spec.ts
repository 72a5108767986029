import { type Browser, type BrowserContextOptions, expect } from '@playwright/test';
import { expectToHear } from '../../fixtures/expectToHear.ts';
import {
  alice,
  type Bridge,
  expectAccessible,
  microphoneToneHz,
  telephone,
  withNetwork,
} from '../../fixtures/index.ts';
import { ContactsPage, Dialer, RingScreen, SignInPage } from '../../pages/index.ts';
import type { Baresip } from '../../sip-peer/index.ts';

const support = '+12025550190';

const test = withNetwork(
  {
    caller: telephone({ transport: 'udp', codec: 'PCMU', answerMode: 'auto', toneHz: 1000 }),
    other: telephone({ transport: 'udp', codec: 'opus', answerMode: 'auto', toneHz: 1500 }),
  },
  {
    seed: {
      numbers: [
        {
          id: support,
          name: 'Support',
          brandId: 'default',
          destination: { kind: 'user', userName: alice.userName },
          // Longer than a busy machine takes for whatever is done meanwhile.
          ringSeconds: 60,
        },
      ],
    },
  },
);

/** Another device of Alice's. */
async function openDevice(browser: Browser, bridge: Bridge, options: BrowserContextOptions = {}) {
  const context = await browser.newContext({ permissions: ['microphone'], locale: 'en-US', ...options });
  const page = await context.newPage();
  await page.goto(bridge.url);
  await new SignInPage(page).signIn(alice);
  const dialer = new Dialer(page);
  await expectReady(dialer);
  return { page, dialer, ring: new RingScreen(page), close: () => context.close() };
}

/** The bridge knows this device. */
async function expectReady({ page }: Dialer): Promise<void> {
  await expect(new RingScreen(page).doNotDisturb).toBeEnabled();
}

/** Lets the telephone call Alice's number. Returns what its lines are counted from. */
function callSupport(peer: Baresip, sipPort: number): number {
  const mark = peer.mark();
  peer.dial(`sip:${support}@127.0.0.1:${sipPort}`);
  return mark;
}

test('a call rings on every device with the name of the contact; who takes it talks, and the other says so', async ({
  dialer,
  network,
  bridge,
  bridgeSipPort,
  browser,
}) => {
  const { peer, number } = network.caller;
  await dialer.contacts.click();
  const contacts = new ContactsPage(dialer.page);
  await contacts.create({ name: 'Amara Okafor', number });
  await expect(contacts.person('Amara Okafor')).toBeVisible();
  const second = await openDevice(browser, bridge);
  const first = new RingScreen(dialer.page);
  const mark = callSupport(peer, bridgeSipPort);
  for (const ring of [first, second.ring]) {
    await expect(ring.screen.getByRole('heading', { name: 'Amara Okafor' })).toBeVisible();
    await expect(ring.screen).toContainText('called Support');
  }
  await first.accept.click();
  await peer.waitForEstablished(mark);
  await expect(second.ring.screen).toBeHidden();
  await expect(second.ring.notices).toContainText('You took the call from Amara Okafor on another device.');
  await dialer.expectTalking();
  await dialer.expectToHear(1000);
  await expectToHear(peer, microphoneToneHz);
  await expect(dialer.page.getByRole('region', { name: 'Call with Amara Okafor' })).toContainText('called Support');
  await dialer.hangUp.click();
  await peer.waitForClosed(mark);
  await dialer.expectIdle();
  await dialer.history.click();
  await expect(dialer.page.getByRole('button', { name: /^Details: Amara Okafor, Incoming/ }).first()).toBeVisible();
  await second.close();
});

test('a call is declined by Escape on all devices, and taken by Enter', async ({
  dialer,
  network,
  bridge,
  bridgeSipPort,
  browser,
}) => {
  const { peer } = network.other;
  await expectReady(dialer);
  const second = await openDevice(browser, bridge);
  const ring = new RingScreen(dialer.page);
  const declined = callSupport(peer, bridgeSipPort);
  await expect(ring.screen).toBeVisible();
  await expect(second.ring.screen).toBeVisible();
  // A call that nobody can have seen isn't taken or declined by a key: press until it is heeded.
  await expect(async () => {
    await dialer.page.keyboard.press('Escape');
    await expect(ring.screen).toBeHidden({ timeout: 100 });
  }).toPass();
  await expect(second.ring.screen).toBeHidden();
  await expect(second.ring.notices).toContainText('You declined the call');
  await peer.waitForRefusal(603, declined);
  await expect(ring.missed).toBeHidden();

  const taken = callSupport(peer, bridgeSipPort);
  await expect(second.ring.screen).toBeVisible();
  await expect(async () => {
    await second.page.keyboard.press('Enter');
    await expect(second.ring.screen).toBeHidden({ timeout: 100 });
  }).toPass();
  await peer.waitForEstablished(taken);
  await second.dialer.expectToHear(1500);
  await expectToHear(peer, microphoneToneHz);
  peer.hangUp();
  await expect(second.dialer.status).toContainText('Call ended');
  await second.close();
});

test('a caller who gives up is a missed call on every device until one has seen it, and can be dialled back', async ({
  dialer,
  network,
  bridge,
  bridgeSipPort,
  browser,
}) => {
  const { peer } = network.caller;
  await expectReady(dialer);
  const ring = new RingScreen(dialer.page);
  callSupport(peer, bridgeSipPort);
  await expect(ring.screen).toBeVisible();
  peer.hangUp();
  await expect(ring.screen).toBeHidden();
  // Also where nothing was open when it rang.
  const second = await openDevice(browser, bridge);
  for (const { history } of [dialer, second.dialer]) await expect(history).toHaveAccessibleDescription(/issed call/);
  await second.dialer.history.click();
  for (const { history } of [dialer, second.dialer]) await expect(history).toHaveAccessibleDescription('');
  await expect(ring.missed).toBeHidden();
  await second.close();

  callSupport(peer, bridgeSipPort);
  await expect(ring.screen).toBeVisible();
  const mark = peer.mark();
  peer.hangUp();
  await expect(ring.screen).toBeHidden();
  await ring.missed.getByRole('button', { name: /^Dial .* back$/ }).click();
  await peer.waitForEstablished(mark);
  await expect(ring.missed).toBeHidden();
  await dialer.hangUp.click();
  await dialer.expectIdle();
});

test('another call waits beside the one that is up, which is ended for it', async ({
  dialer,
  network,
  bridgeSipPort,
}) => {
  const { caller, other } = network;
  await expectReady(dialer);
  const ring = new RingScreen(dialer.page);
  const first = callSupport(caller.peer, bridgeSipPort);
  await ring.accept.click();
  await caller.peer.waitForEstablished(first);
  const second = callSupport(other.peer, bridgeSipPort);
  await expect(ring.waiting).toBeVisible();
  await expect(ring.screen).toBeHidden();
  await dialer.expectToHear(1000);
  await ring.waiting.getByRole('button', { name: /^End this call and answer/ }).click();
  await caller.peer.waitForClosed(first);
  await other.peer.waitForEstablished(second);
  await dialer.expectToHear(1500);
  await expectToHear(other.peer, microphoneToneHz);
  await dialer.hangUp.click();
  await other.peer.waitForClosed(second);
});

test('nobody who does not want to be disturbed is: the caller hears “busy”, and every device shows it', async ({
  dialer,
  network,
  bridge,
  bridgeSipPort,
  browser,
}) => {
  const { peer } = network.caller;
  await expectReady(dialer);
  const second = await openDevice(browser, bridge);
  const ring = new RingScreen(dialer.page);
  await ring.doNotDisturb.click();
  await expect(second.ring.doNotDisturb).toHaveAttribute('aria-pressed', 'true');
  await expect(second.page.getByText('Do not disturb: nothing rings')).toBeVisible();
  const mark = callSupport(peer, bridgeSipPort);
  await peer.waitForRefusal(486, mark);
  await expect(ring.screen).toBeHidden();
  await second.ring.doNotDisturb.click();
  await expect(ring.doNotDisturb).toHaveAttribute('aria-pressed', 'false');
  callSupport(peer, bridgeSipPort);
  await expect(ring.screen).toBeVisible();
  await ring.decline.click();
  await second.close();
});

test('a page that is opened while it rings rings too', async ({ dialer, network, bridge, bridgeSipPort, browser }) => {
  const { peer } = network.caller;
  await expectReady(dialer);
  const ring = new RingScreen(dialer.page);
  const mark = callSupport(peer, bridgeSipPort);
  await expect(ring.screen).toBeVisible();
  const context = await browser.newContext({ permissions: ['microphone'], locale: 'en-US' });
  const page = await context.newPage();
  await page.goto(bridge.url);
  await new SignInPage(page).signIn(alice);
  await new RingScreen(page).accept.click();
  await peer.waitForEstablished(mark);
  await expect(ring.notices).toContainText('on another device');
  await new Dialer(page).expectToHear(1000);
  await new Dialer(page).hangUp.click();
  await peer.waitForClosed(mark);
  await context.close();
});

test('a call that rings or waits, and one that was missed, can be dealt with by everybody', async ({
  dialer,
  network,
  bridgeSipPort,
}) => {
  // What moves without end is never at rest, to be looked at.
  await dialer.page.emulateMedia({ reducedMotion: 'reduce' });
  const { caller, other } = network;
  await expectReady(dialer);
  const ring = new RingScreen(dialer.page);
  const first = callSupport(caller.peer, bridgeSipPort);
  await expect(ring.screen).toBeVisible();
  await expectAccessible(dialer.page, 'a call that rings');
  await ring.accept.click();
  await caller.peer.waitForEstablished(first);
  callSupport(other.peer, bridgeSipPort);
  await expect(ring.waiting).toBeVisible();
  await expectAccessible(dialer.page, 'a call that waits');
  other.peer.hangUp();
  await expect(ring.waiting).toBeHidden();
  await dialer.hangUp.click();
  await expect(ring.missed).toBeVisible();
  await expectAccessible(dialer.page, 'a missed call');
});

test('a tab in the background shows who calls: by a notification, its title and its icon', async ({
  network,
  bridge,
  bridgeSipPort,
  browser,
}) => {
  const { peer } = network.caller;
  const context = await browser.newContext({ permissions: ['microphone', 'notifications'], locale: 'en-US' });
  const page = await context.newPage();
  await page.addInitScript(watchNotifications);
  await page.goto(bridge.url);
  await new SignInPage(page).signIn(alice);
  await expectReady(new Dialer(page));
  const icon = () => page.locator('#favicon').getAttribute('href');
  const usualIcon = await icon();
  callSupport(peer, bridgeSipPort);
  const shown = () => page.evaluate(() => (window as unknown as NotificationWatch).shownNotifications);
  await expect.poll(shown).toMatchObject([{ options: { requireInteraction: true }, isClosed: false }]);
  expect((await shown())[0]?.title).toMatch(/ is calling$/);
  expect((await shown())[0]?.options.icon).toMatch(/^data:image\/png/);
  await expect(page).toHaveTitle(/ is calling$/);
  expect(await icon()).not.toBe(usualIcon);
  // In turns with the usual one.
  await expect(page).not.toHaveTitle(/ is calling$/);
  peer.hangUp();
  await expect.poll(shown).toMatchObject([{ isClosed: true }]);
  await expect(page).not.toHaveTitle(/ is calling$/);
  expect(await icon()).toBe(usualIcon);
  await context.close();
});

interface NotificationWatch {
  shownNotifications: {
    title: string;
    options: NotificationOptions & { requireInteraction?: boolean };
    isClosed: boolean;
  }[];
}

/** Runs in the page: nobody looks at it, and what the system would show is kept. */
function watchNotifications(): void {
  const shown: NotificationWatch['shownNotifications'] = [];
  (window as unknown as NotificationWatch).shownNotifications = shown;
  document.hasFocus = () => false;
  const System = window.Notification;
  window.Notification = class extends System {
    constructor(title: string, options: NotificationOptions = {}) {
      super(title, options);
      const entry = { title, options, isClosed: false };
      shown.push(entry);
      this.close = () => {
        entry.isClosed = true;
        super.close();
      };
    }
  };
}

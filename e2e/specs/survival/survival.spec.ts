import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { crashProfile, launchProfile } from '../../fixtures/browser.ts';
import { expectToHear } from '../../fixtures/expectToHear.ts';
import { alice, microphoneToneHz, telephone, withNetwork } from '../../fixtures/index.ts';
import { Passage } from '../../fixtures/Passage.ts';
import { killMediaWorker } from '../../fixtures/processFamily.ts';
import { Dialer, Moving, SignInPage } from '../../pages/index.ts';
import { type Baresip, freePort } from '../../sip-peer/index.ts';

const toneHz = 1000;
const [bridgePort, passagePort] = [await freePort(), await freePort()];
const networkTest = withNetwork(
  {
    telephone: telephone({ transport: 'udp', codec: 'PCMU', answerMode: 'auto', toneHz }),
    second: telephone({ transport: 'udp', codec: 'opus', answerMode: 'auto', toneHz: 1500 }),
  },
  { http: { host: '127.0.0.1', port: bridgePort, publicUrl: `http://127.0.0.1:${passagePort}` } },
);

const url = `http://127.0.0.1:${passagePort}`;

/** The page and its socket reach the bridge by a passage alone. */
const test = networkTest.extend<{ dialer: Dialer }, { passage: Passage }>({
  passage: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
    async ({}, use) => {
      const passage = await Passage.create({ port: passagePort, bridgePort });
      await use(passage);
      await passage.close();
    },
    { scope: 'worker' },
  ],
  dialer: async ({ page, passage, bridge }, use) => {
    passage.open();
    expect(bridge.isRunning).toBe(true);
    await page.goto(url);
    await new SignInPage(page).signIn(alice);
    await use(new Dialer(page));
  },
});

/** A call that both hear; what its end would be is looked for from `mark` on. */
async function talk(dialer: Dialer, { number, peer }: { number: string; peer: Baresip }) {
  const mark = peer.mark();
  await dialer.dial(number);
  await dialer.expectToHear(toneHz);
  await expectToHear(peer, microphoneToneHz);
  return mark;
}

/** Both hear each other (again), and the far end has had one and the same call all the time. */
async function expectSameCall(dialer: Dialer, peer: Baresip, mark: number) {
  await dialer.expectToHear(toneHz);
  await expectToHear(peer, microphoneToneHz);
  expect(peer.hasClosed(mark)).toBe(false);
  await dialer.hangUp.click();
  await peer.waitForClosed(mark);
  await dialer.expectIdle();
}

/** Which audio connection is heard: another one has another stream. */
const streamId = (page: Page) =>
  page.evaluate(() => {
    const element = document.querySelector<HTMLAudioElement>('[data-testid="remote-audio"]');
    const tracks = element?.srcObject instanceof MediaStream ? element.srcObject.getAudioTracks() : [];
    return tracks[0]?.id ?? null;
  });

/** What is on the disk of the pages' local storage that is about calls. */
async function keptCalls(profile: string): Promise<string> {
  const folder = join(profile, 'Default', 'Local Storage', 'leveldb');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.log'));
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'latin1')));
  return texts.join('').includes('dialbridge.call.') ? texts.join('') : '';
}

test('a call goes on after a reload', async ({ dialer, network, page }) => {
  const mark = await talk(dialer, network.telephone);
  await page.reload();
  await expectSameCall(dialer, network.telephone.peer, mark);
});

test('several calls go on after a reload, the one on hold too', async ({ dialer, network, page }) => {
  const mark = await talk(dialer, network.telephone);
  const secondMark = network.second.peer.mark();
  await page.getByRole('button', { name: 'Add call' }).click();
  await dialer.dial(network.second.number);
  await dialer.expectToHear(1500);
  await page.reload();
  await dialer.expectToHear(1500);
  await expectToHear(network.second.peer, microphoneToneHz);
  await dialer.hangUp.click();
  await network.second.peer.waitForClosed(secondMark);
  await page.getByRole('button', { name: 'Resume', exact: true }).first().click();
  await expectSameCall(dialer, network.telephone.peer, mark);
});

test('a call goes on when the media worker is killed', async ({ bridge, dialer, network, page }) => {
  const mark = await talk(dialer, network.telephone);
  const before = await streamId(page);
  await killMediaWorker(bridge.pid);
  await expect.poll(() => streamId(page)).not.toBe(before);
  await expectSameCall(dialer, network.telephone.peer, mark);
});

test('a network that goes and comes leads to a new audio connection at once', async ({
  context,
  dialer,
  network,
  page,
}) => {
  const mark = await talk(dialer, network.telephone);
  const before = await streamId(page);
  await context.setOffline(true);
  await expect(page.getByText('Reconnecting, the other side is still there')).toBeVisible();
  await expect(page.getByText('This device is offline.')).toBeVisible();
  await context.setOffline(false);
  await expect.poll(() => streamId(page)).not.toBe(before);
  await expect(page.getByText('Reconnecting, the other side is still there')).toBeHidden();
  await expectSameCall(dialer, network.telephone.peer, mark);
});

test('a tab that opens while another has the call leaves it there', async ({ context, dialer, network }) => {
  const mark = await talk(dialer, network.telephone);
  const second = await context.newPage();
  await second.goto(url);
  // It knows of the call, and offers to take it; nothing more.
  await expect(new Moving(second).takeHere).toBeVisible();
  await expect(new Dialer(second).hangUp).toBeHidden();
  await expectSameCall(dialer, network.telephone.peer, mark);
});

test('a tab that is closed in a call has it back when it is opened again', async ({
  context,
  dialer,
  network,
  page,
}) => {
  const mark = await talk(dialer, network.telephone);
  await page.close();
  const again = await context.newPage();
  await again.goto(url);
  await expectSameCall(new Dialer(again), network.telephone.peer, mark);
});

test('a call goes on after the browser crashed and was opened again', async ({ network, passage, bridge }) => {
  const { peer } = network.telephone;
  passage.open();
  expect(bridge.isRunning).toBe(true);
  const profile = await mkdtemp(join(tmpdir(), 'dialbridge-profile-'));
  const open = async () => {
    const context = await launchProfile(profile);
    const page = context.pages()[0] ?? (await context.newPage());
    await page.goto(url);
    return { context, page, dialer: new Dialer(page) };
  };
  // Closed in peace once, so that the sign-in is on the disk.
  const first = await open();
  await new SignInPage(first.page).signIn(alice);
  await expect(first.dialer.phoneNumber).toBeVisible();
  await first.context.close();
  const second = await open();
  const mark = await talk(second.dialer, network.telephone);
  // Chromium writes what pages store some seconds later; what it never wrote no crash survives.
  await expect.poll(() => keptCalls(profile), { timeout: 20_000 }).toContain('resumeKey');
  await crashProfile(profile);
  const third = await open();
  await expectSameCall(third.dialer, peer, mark);
  await third.context.close();
  await rm(profile, { recursive: true, force: true });
});

test('a call goes on for 20 s without its bridge, and says so with the time that is left', async ({
  dialer,
  network,
  page,
  passage,
}) => {
  test.setTimeout(90_000);
  const { peer } = network.telephone;
  const mark = await talk(dialer, network.telephone);
  passage.cut();
  const since = Date.now();
  await expect(page.getByText('Reconnecting, the other side is still there')).toBeVisible();
  const left = page.getByRole('timer', { name: 'Time left' });
  await expect(left).toContainText(/another 0:2\d/);
  await expect(left).toContainText(/another 0:10/, { timeout: 25_000 });
  expect(Date.now() - since).toBeGreaterThan(18_000);
  // The audio has another way, and goes on meanwhile.
  await dialer.expectToHear(toneHz);
  passage.open();
  await expect(page.getByText('Reconnecting, the other side is still there')).toBeHidden({ timeout: 8_000 });
  await expectSameCall(dialer, peer, mark);
});

test('a call can be hung up without its bridge, which hears of it as soon as it is back', async ({
  dialer,
  network,
  page,
  passage,
}) => {
  const { peer } = network.telephone;
  const mark = await talk(dialer, network.telephone);
  passage.cut();
  await expect(page.getByText('Reconnecting, the other side is still there')).toBeVisible();
  await dialer.hangUp.click();
  await expect(page.getByRole('heading', { name: 'Call ended' })).toBeVisible();
  await dialer.expectIdle();
  expect(peer.hasClosed(mark)).toBe(false);
  passage.open();
  await peer.waitForClosed(mark);
});

test('a hang-up is told even when the page was reloaded meanwhile', async ({ dialer, network, page, passage }) => {
  const { peer } = network.telephone;
  const mark = await talk(dialer, network.telephone);
  passage.cut();
  await expect(page.getByText('Reconnecting, the other side is still there')).toBeVisible();
  await dialer.hangUp.click();
  await dialer.expectIdle();
  await page.goto('about:blank');
  expect(peer.hasClosed(mark)).toBe(false);
  passage.open();
  await page.goto(url);
  await peer.waitForClosed(mark);
  await expect(dialer.hangUp).toBeHidden();
});

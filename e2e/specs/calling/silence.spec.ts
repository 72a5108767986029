import { expect, type Page } from '@playwright/test';
import { spoilNetwork } from '../../fixtures/badNetwork.ts';
import { expectToHear } from '../../fixtures/expectToHear.ts';
import {
  alice,
  launchBrowser,
  microphoneToneHz,
  tappedTelephone,
  telephone,
  withNetwork,
} from '../../fixtures/index.ts';
import { momentOfText } from '../../fixtures/momentOfText.ts';
import { pastCall } from '../../fixtures/pastCall.ts';
import { RestClient } from '../../fixtures/RestClient.ts';
import { Dialer, SignInPage } from '../../pages/index.ts';

const test = withNetwork({
  tapped: tappedTelephone({ answerMode: 'auto', toneHz: 1000 }),
  desk: telephone({ transport: 'udp', codec: 'PCMU', answerMode: 'auto', toneHz: 1200 }),
});

/** Stops some audio, waits until the person is told, and notes how long that took. */
async function expectToldOf(page: Page, text: string, stop: () => void): Promise<void> {
  const told = momentOfText(page, text);
  stop();
  const stoppedAtMs = Date.now();
  await expect(page.getByText(text)).toBeVisible();
  const tookMs = (await told) - stoppedAtMs;
  test.info().annotations.push({ type: 'told after', description: `${tookMs} ms: ${text}` });
}

test('sound that goes one way only is named in each direction, and forgotten when it is back', async ({
  page,
  bridge,
  network,
}) => {
  const { tap } = network.tapped.peer;
  const bad = await spoilNetwork(page, { loss: 0, jitterMs: 0 });
  await page.goto(bridge.url);
  await new SignInPage(page).signIn(alice);
  const dialer = new Dialer(page);
  await dialer.dial(network.tapped.number);
  await dialer.expectToHear(1000);

  const otherNotHeard = 'Nothing arrives from the other side';
  await expectToldOf(page, otherNotHeard, () => {
    tap.stops = 'toBridge';
  });
  tap.stops = null;
  await expect(page.getByText(otherNotHeard)).toBeHidden();
  await dialer.expectToHear(1000);

  const notHeard = 'The other side can’t hear you';
  const path = bad.paths.at(-1);
  if (!path) throw new Error('the page made no connection');
  await expectToldOf(page, notHeard, () => {
    path.losesVoice = true;
  });
  path.losesVoice = false;
  await expect(page.getByText(notHeard)).toBeHidden();
  await expect.poll(() => tap.telephoneHears()?.frequencyHz).toBeCloseTo(microphoneToneHz, -1);

  await dialer.hangUp.click();
  await dialer.expectIdle();
  bad.close();
  const { events } = await pastCall(await RestClient.signIn(bridge.url, alice), network.tapped.number);
  const warnings = events.filter(({ type }) => type === 'qualityWarned').map(({ detail }) => detail.problem);
  // A gap is a loss of packets, too.
  const ofOneWay = warnings.filter((problem) => problem === 'otherNotHeard' || problem === 'notHeard');
  expect(ofOneWay).toEqual(['otherNotHeard', 'notHeard']);
});

test('a microphone that is silent is named, until it is heard', async ({ bridge, network }) => {
  const browser = await launchBrowser('lateTone');
  const context = await browser.newContext({ permissions: ['microphone'], locale: 'en-US' });
  const page = await context.newPage();
  await page.goto(bridge.url);
  await new SignInPage(page).signIn(alice);
  const dialer = new Dialer(page);
  await dialer.dial(network.desk.number);
  await dialer.expectToHear(1200);
  const silent = page.getByText('Your microphone is silent');
  await expect(silent).toBeVisible();
  await expect(silent).toBeHidden({ timeout: 20_000 });
  await expectToHear(network.desk.peer, microphoneToneHz);
  await dialer.hangUp.click();
  await dialer.expectIdle();
  await browser.close();
});

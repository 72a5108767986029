import { expect } from '@playwright/test';
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
import { pastCall } from '../../fixtures/pastCall.ts';
import { RestClient } from '../../fixtures/RestClient.ts';
import { Dialer, SignInPage } from '../../pages/index.ts';

const test = withNetwork({
  tapped: tappedTelephone({ answerMode: 'auto', toneHz: 1000 }),
  desk: telephone({ transport: 'udp', codec: 'PCMU', answerMode: 'auto', toneHz: 1200 }),
});

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

  const otherNotHeard = page.getByText('Nothing arrives from the other side');
  tap.stops = 'toBridge';
  await expect(otherNotHeard).toBeVisible();
  tap.stops = null;
  await expect(otherNotHeard).toBeHidden();
  await dialer.expectToHear(1000);

  const notHeard = page.getByText('The other side can’t hear you');
  const path = bad.paths.at(-1);
  if (!path) throw new Error('the page made no connection');
  path.losesVoice = true;
  await expect(notHeard).toBeVisible();
  path.losesVoice = false;
  await expect(notHeard).toBeHidden();
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

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { alice, Bridge, bridgeConfig, launchBrowser } from '../fixtures/index.ts';
import { Baresip, freePort } from '../sip-peer/index.ts';
import { fillAddressBook } from './fillAddressBook.ts';
import { takeAdminPages } from './takeAdminPages.ts';
import { takeCallPages } from './takeCallPages.ts';
import { takeCallScreens } from './takeCallScreens.ts';
import { takeCheckPages } from './takeCheckPages.ts';
import { takeDialerPages } from './takeDialerPages.ts';
import { takeManagementPages } from './takeManagementPages.ts';
import { takeMovingPages } from './takeMovingPages.ts';

/**
 * `npm run screenshots [FOLDER]`: a picture of each page at 1280 and 390 pixels, light and dark, from a bridge with the
 * demo network; and docs/images/dialer.png. `npm run screenshots FOLDER check` pictures the check of the telephone alone.
 */
const [folder = 'screenshots', part] = process.argv.slice(2);

const looks = [
  { colorScheme: 'light', width: 1280, height: 800 },
  { colorScheme: 'dark', width: 1280, height: 800 },
  { colorScheme: 'light', width: 390, height: 844 },
  { colorScheme: 'dark', width: 390, height: 844 },
] as const;
type Look = (typeof looks)[number];

await mkdir(folder, { recursive: true });
// Amara's telephone, as it calls from outside.
const support = '+12025550190';
const [sipPort, telephonePort] = [await freePort(), await freePort(2)];
const telephone = await Baresip.start({
  numbers: ['+12025550100'],
  port: telephonePort,
  codec: 'PCMU',
  answerMode: 'auto',
  toneHz: 440,
});
const office = { id: 'office', host: '127.0.0.1', port: telephonePort, codecs: ['PCMU'], prefixes: ['+12025550150'] };
const config = bridgeConfig([office], sipPort);
const destination = { kind: 'user', userName: alice.userName };
const numbers = [{ id: support, name: 'Support', brandId: 'default', destination }];
const rules = [
  { id: 'little-time', order: 0, action: 'allow', to: { prefix: '+12025550105' }, limits: { minutesPerDay: 0.9 } },
  { id: 'test-numbers', order: 1, action: 'allow', to: { prefix: '+1202555' } },
];
const bridge = await Bridge.start({
  ...config,
  demoGateway: true,
  seed: { ...(config.seed as object), rules, numbers },
});
const browser = await launchBrowser();
try {
  await fillAddressBook(bridge.url);
  for (const look of looks) {
    if (part !== 'check') await takeAll(look);
    await takeCheckPages({ openPage: () => openPage(look, 'about:blank'), url: bridge.url, take: takerOf(look) });
  }
} finally {
  await browser.close();
  await bridge.close();
  await telephone.close();
}

async function openPage({ colorScheme, width, height }: Look, url = bridge.url): Promise<Page> {
  const context = await browser.newContext({
    colorScheme,
    viewport: { width, height },
    deviceScaleFactor: 2,
    permissions: ['microphone', 'notifications'],
    locale: 'en-US',
  });
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

function takerOf({ width, colorScheme }: Look): (page: Page, name: string) => Promise<void> {
  return async (page, name) => {
    // What moves is pictured where it comes to rest.
    await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`), animations: 'disabled' });
  };
}

async function takeAll(look: Look): Promise<void> {
  const takeOf = takerOf(look);
  const page = await openPage(look);
  const take = (name: string) => takeOf(page, name);
  await takeDialerPages(page, take, async () => {
    await takeCallScreens(page, { take, telephone, support: `sip:${support}@127.0.0.1:${sipPort}` });
    await takeMovingPages(page, { openOther: () => openPage(look), take: takeOf, number: '+12025550101' });
  });
  if (look === looks[0]) {
    await mkdir('docs/images', { recursive: true });
    await page.screenshot({ path: 'docs/images/dialer.png', animations: 'disabled' });
  }
  await page.context().close();
  const office = await openPage(look);
  await takeAdminPages(office, bridge.url, (name) => takeOf(office, name));
  const management = await openPage(look);
  await takeManagementPages(management, bridge.url, (name) => takeOf(management, name));
  const records = await openPage(look);
  await takeCallPages(records, bridge.url, (name) => takeOf(records, name));
}

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { contactListSchema } from '../shared/protocol/index.ts';
import { takeAdminPages } from './adminScreenshots.ts';
import { takeCallPages } from './callScreenshots.ts';
import { alice, Bridge, bridgeConfig, launchBrowser } from './fixtures/index.ts';
import { openSession } from './fixtures/ProtocolClient.ts';
import { takeMovingPages } from './movingScreenshots.ts';
import { ContactsPage, Dialer, HistoryPage, RingScreen, SignInPage } from './pages/index.ts';
import { Baresip, freePort } from './sip-peer/index.ts';

/**
 * `npm run screenshots [FOLDER]`: a picture of each page at 1280 and 390 pixels, light and dark, from a bridge with the
 * demo network; and docs/images/dialer.png.
 */
const folder = process.argv[2] ?? 'screenshots';

const people = [
  { name: 'Amara Okafor', number: '+12025550100', company: 'Harbour Logistics' },
  { name: 'Ben Lindqvist', number: '+12025550101' },
  { name: 'Chiyo Tanaka', number: '+12025550105', company: 'Tanaka & Sons' },
  { name: 'Dora Vance', number: '+12025550102' },
  { name: 'Elias Brandt', number: '+12025550103', company: 'City Library' },
  { name: 'Farida Haddad', number: '+12025550106' },
];

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
  for (const look of looks) await takeAll(browser, bridge.url, look);
} finally {
  await browser.close();
  await bridge.close();
  await telephone.close();
}

async function openPage(from: Browser, url: string, { colorScheme, width, height }: Look): Promise<Page> {
  const context = await from.newContext({
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

/** People in place of the demo network's own entries, whose numbers they have. */
async function fillAddressBook(url: string): Promise<void> {
  const { accessToken } = await openSession(url, alice);
  const ask = async (method: string, path: string, body?: object) => {
    const headers = { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' };
    const response = await fetch(new URL(path, url), { method, headers, ...(body && { body: JSON.stringify(body) }) });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.status === 204 ? undefined : response.json();
  };
  const { contacts } = contactListSchema.parse(await ask('GET', '/api/v1/contacts'));
  for (const { id } of contacts) await ask('DELETE', `/api/v1/contacts/${id}`);
  for (const { number, ...person } of people) {
    await ask('POST', '/api/v1/contacts', { ...person, numbers: [{ number, label: 'work' }] });
  }
}

async function takePicture(page: Page, name: string, look: Look): Promise<void> {
  // What moves is pictured where it comes to rest.
  const path = join(folder, `${name}-${look.width}-${look.colorScheme}.png`);
  await page.screenshot({ path, animations: 'disabled' });
}

/** Goes through the pages as a person would, and makes the calls that fill the history on the way. */
async function takeAll(from: Browser, url: string, look: Look): Promise<void> {
  const page = await openPage(from, url, look);
  const take = (name: string) => takePicture(page, name, look);
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

  await takeIncoming(page, take);
  await takeTwoCalls(page, take);
  await takeMovingPages(page, {
    openOther: () => openPage(from, url, look),
    take: (where, name) => takePicture(where, name, look),
    number: '+12025550101',
  });

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

  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await page.getByRole('heading', { name: 'Settings' }).waitFor();
  await take('settings');
  await page.getByRole('button', { name: 'Play the ring' }).scrollIntoViewIfNeeded();
  await take('settings-ring');

  await page.getByRole('button', { name: 'Dial pad', exact: true }).click();
  await dialer.call.waitFor();
  await take('dial-pad');
  if (look === looks[0]) {
    await mkdir('docs/images', { recursive: true });
    await page.screenshot({ path: 'docs/images/dialer.png', animations: 'disabled' });
  }
  await page.context().close();
  const office = await openPage(from, url, look);
  await takeAdminPages(office, url, (name) => takePicture(office, name, look));
  const records = await openPage(from, url, look);
  await takeCallPages(records, url, (name) => takePicture(records, name, look));
}

/** Somebody calls: while nothing else is up, while the person talks, and in vain. */
async function takeIncoming(page: Page, take: (name: string) => Promise<void>): Promise<void> {
  const dialer = new Dialer(page);
  const ring = new RingScreen(page);
  const call = () => telephone.dial(`sip:${support}@127.0.0.1:${sipPort}`);
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
async function takeTwoCalls(page: Page, take: (name: string) => Promise<void>): Promise<void> {
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
  await takeHeldByOther(page, take);
}

async function takeHeldByOther(page: Page, take: (name: string) => Promise<void>): Promise<void> {
  const dialer = new Dialer(page);
  telephone.dial(`sip:${support}@127.0.0.1:${sipPort}`);
  await new RingScreen(page).accept.click();
  await dialer.expectTalking();
  telephone.hold();
  await page.getByText(/has put you on hold/).waitFor();
  await take('held-by-other');
  await dialer.hangUp.click();
  await dialer.expectIdle();
}

import { generateKeyPairSync } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import { decodeProtectedHeader, SignJWT } from 'jose';
import type { SessionGrant } from '../../../shared/protocol/index.ts';
import { HoldingsReader } from '../../fixtures/Holdings.ts';
import { HostPage } from '../../fixtures/HostPage.ts';
import { alice, microphoneToneHz, operator, scripted, telephone, withNetwork } from '../../fixtures/index.ts';
import { openSession, ProtocolClient } from '../../fixtures/ProtocolClient.ts';
import { Dialer, SignInPage } from '../../pages/index.ts';
import { freePort, scenarios } from '../../sip-peer/index.ts';

const hostPorts = { right: await freePort(), wrong: await freePort() };
const embedKey = 'pk_shop-of-the-test';
const numbers = { shop: '+12025550171', other: '+12025550172' } as const;
const application = generateKeyPairSync('ed25519');

const test = withNetwork(
  {
    shop: telephone({ transport: 'udp', codec: 'PCMU', answerMode: 'auto', toneHz: 1000, number: numbers.shop }),
    other: scripted({ scenario: scenarios.answered, toneHz: 800, number: numbers.other }),
  },
  {
    seed: {
      embedKeys: [
        {
          id: embedKey,
          name: 'Shop',
          brandId: 'default',
          origins: [`http://127.0.0.1:${hostPorts.right}`],
          destinations: [{ number: numbers.shop }],
        },
      ],
      signingKeys: [
        {
          id: 'crm',
          name: 'CRM',
          brandId: 'default',
          algorithm: 'EdDSA',
          publicKey: application.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
          issuer: 'https://crm.example',
        },
      ],
    },
  },
);

/** What `host-page/visit.js` puts into the page. */
interface Visiting {
  askForSession(bridgeUrl: string, body: object): Promise<{ grant?: SessionGrant; refusedBy?: string }>;
  connect(url: string, accessToken: string): Promise<{ ok?: boolean; refusedBy?: string; error?: { code: string } }>;
  hangUp(callId: string): Promise<{ ok: boolean }>;
  dial(destination: string): Promise<{ callId?: string; error?: { code: string; message: string } }>;
  check(): Promise<{ checkId?: string; error?: { code: string } }>;
  endCheck(checkId: string): Promise<{ ok: boolean }>;
}

/** Runs one of them in a page of another site. */
function visit<Name extends keyof Visiting>(page: Page, name: Name, ...args: Parameters<Visiting[Name]>) {
  return page.evaluate(
    ([called, given]) => (window as unknown as Record<string, (...all: unknown[]) => unknown>)[called]?.(...given),
    [name, args] as const,
  ) as ReturnType<Visiting[Name]>;
}

test('signing out everywhere during a call ends it with a BYE, and leads every device to the sign-in page', async ({
  bridge,
  browser,
  dialer,
  network,
  page,
}) => {
  const { number, peer } = network.other;
  await dialer.dial(number);
  await dialer.expectToHear(800);
  const context = await browser.newContext();
  const other = await context.newPage();
  await other.goto(`${bridge.url}/settings`);
  await new SignInPage(other).signIn(alice);
  await other.getByRole('button', { name: 'Sign out everywhere' }).click();
  await other.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere' }).click();
  for (const device of [page, other]) {
    // A second for the bridge; the rest is for a busy machine.
    await expect(device.getByText('You have been signed out on all devices.')).toBeVisible({ timeout: 3000 });
    await expect(new SignInPage(device).userName).toBeVisible();
  }
  await peer.waitForRequest('BYE');
  await page.reload();
  await expect(new SignInPage(page).userName).toBeVisible();
  await context.close();
  await new SignInPage(page).signIn(alice);
  await dialer.dial(number);
  await dialer.expectToHear(800);
  await dialer.hangUp.click();
  await dialer.expectIdle();
});

test('new keys for access tokens sign nobody out: not a page in a call, and no token of before', async ({
  bridge,
  dialer,
  network,
  page,
}) => {
  await dialer.dial(network.other.number);
  await dialer.expectToHear(800);
  const before = await openSession(bridge.url, alice);
  const { accessToken } = await openSession(bridge.url, operator);
  const rotated = await fetch(`${bridge.url}/api/v1/admin/access-keys/rotate`, {
    method: 'POST',
    headers: { authorization: `Bearer ${accessToken}` },
  });
  const { items } = (await rotated.json()) as { items: { id: string; state: string }[] };
  expect(items.map(({ state }) => state)).toEqual(['current', 'retiring']);
  const newest = items[0]?.id;
  const keyOfNewTokens = async () => decodeProtectedHeader((await openSession(bridge.url, operator)).accessToken).kid;
  await expect.poll(keyOfNewTokens).toBe(newest);
  const late = await ProtocolClient.join(before);
  late.close();
  await page.reload();
  await dialer.expectToHear(800);
  await dialer.hangUp.click();
  await dialer.expectIdle();
  await dialer.dial(network.other.number);
  await dialer.expectToHear(800);
  await dialer.hangUp.click();
  await dialer.expectIdle();
});

test.describe('a visitor without an account', () => {
  const hosts: HostPage[] = [];
  test.beforeAll(async () => {
    hosts.push(await HostPage.start(hostPorts.right), await HostPage.start(hostPorts.wrong));
  });
  test.afterAll(async () => {
    for (const host of hosts.splice(0)) await host.close();
  });
  const openHost = async (page: Page, which: keyof typeof hostPorts) => {
    await page.goto(`http://127.0.0.1:${hostPorts[which]}/`);
    await page.waitForFunction(() => 'dial' in window);
  };

  test('of a page that the embed key is for hears herself, and calls the shop and nobody else', async ({
    bridge,
    network,
    page,
  }) => {
    const { peer } = network.shop;
    const mark = peer.mark();
    await openHost(page, 'right');
    const { grant } = await visit(page, 'askForSession', bridge.url, { embedKey, visitorId: 'visitor-1' });
    expect(grant?.user).toMatchObject({ role: 'visitor', displayName: 'Website visitor' });
    const { accessToken = '', callServer } = grant ?? {};
    expect(await visit(page, 'connect', callServer?.url ?? '', accessToken)).toMatchObject({ ok: true });
    const { checkId = 'refused' } = await visit(page, 'check');
    await new Dialer(page).expectToHear(microphoneToneHz);
    const holdings = await HoldingsReader.create(bridge, operator);
    const echoes = async () => (await holdings.read()).own.media.sessions;
    expect(await echoes()).toBe(1);
    expect(await visit(page, 'endCheck', checkId)).toMatchObject({ ok: true });
    await expect.poll(echoes).toBe(0);
    const refused = await visit(page, 'dial', network.other.number);
    expect(refused.error?.code).toBe('destinationNotAllowed');
    const { callId = 'refused' } = await visit(page, 'dial', numbers.shop);
    await peer.waitForEstablished(mark);
    await new Dialer(page).expectToHear(1000);
    const contacts = await fetch(`${bridge.url}/api/v1/contacts`, {
      headers: { authorization: `Bearer ${accessToken}` },
    });
    expect(contacts.status).toBe(403);
    expect(await visit(page, 'hangUp', callId)).toMatchObject({ ok: true });
    await peer.waitForClosed(mark);
  });

  test('of another page gets no session, and cannot use one that was given elsewhere', async ({ bridge, page }) => {
    await openHost(page, 'wrong');
    expect(await visit(page, 'askForSession', bridge.url, { embedKey })).toEqual({ refusedBy: 'the browser' });
    const response = await fetch(`${bridge.url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: `http://127.0.0.1:${hostPorts.wrong}` },
      body: JSON.stringify({ embedKey }),
    });
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ error: { code: 'originNotAllowed' } });
    await openHost(page, 'right');
    const { grant } = await visit(page, 'askForSession', bridge.url, { embedKey });
    const { accessToken = '', callServer } = grant ?? {};
    await openHost(page, 'wrong');
    expect(await visit(page, 'connect', callServer?.url ?? '', accessToken)).toEqual({ refusedBy: 'the socket' });
  });
});

test.describe('a user of a host application', () => {
  const sign = (claims: object, lifetime = '5m') =>
    new SignJWT({ brand: 'default', name: 'Carol of the CRM', ...claims })
      .setProtectedHeader({ alg: 'EdDSA', kid: 'crm' })
      .setIssuer('https://crm.example')
      .setAudience('dialbridge')
      .setSubject('carol')
      .setIssuedAt()
      .setExpirationTime(lifetime)
      .sign(application.privateKey);

  test('is led into a call by its token, keeps it over a reload, and finds it in the history', async ({
    bridge,
    network,
    page,
  }) => {
    await page.goto(`${bridge.url}/#token=${await sign({})}`);
    const dialer = new Dialer(page);
    await expect(page.getByText('Carol of the CRM').first()).toBeVisible();
    expect(new URL(page.url()).hash).toBe('');
    await dialer.dial(network.other.number);
    await dialer.expectToHear(800);
    await page.reload();
    await dialer.expectToHear(800);
    await dialer.hangUp.click();
    await dialer.expectIdle();
    const again = await openGuest(bridge.url, await sign({ name: 'Carol Married' }));
    const history = await fetch(`${bridge.url}/api/v1/history`, {
      headers: { authorization: `Bearer ${again.accessToken}` },
    });
    expect(((await history.json()) as { entries: object[] }).entries).toHaveLength(1);
  });

  test('calls no further than the token grants, and is told plainly what is wrong with a bad one', async ({
    bridge,
    network,
    page,
  }) => {
    await page.goto(`${bridge.url}/#token=${await sign({ grants: { destinations: ['+49'] } })}`);
    const dialer = new Dialer(page);
    await dialer.dial(network.other.number);
    await expect(dialer.status).toContainText('cannot be called from this page');
    await page.goto('about:blank');
    await page.goto(`${bridge.url}/#token=${await sign({ brand: 'other' })}`);
    await expect(page.getByRole('alert')).toContainText('it names another brand than its key is for');
  });
});

async function openGuest(url: string, hostToken: string): Promise<SessionGrant> {
  const response = await fetch(`${url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ hostToken }),
  });
  return (await response.json()) as SessionGrant;
}

import { type BrowserContext, expect, type Page } from '@playwright/test';
import { SignJWT } from 'jose';
import { alice, attachLogOnFailure, Bridge, bridgeConfig, browserTest, operator } from '../fixtures/index.ts';
import { openSession } from '../fixtures/ProtocolClient.ts';
import { Dialer, SignInPage } from '../pages/index.ts';

const acme = {
  id: 'acme',
  name: 'Acme Voice',
  hostNames: ['a.localhost'],
  defaultCountry: 'DE',
  palette: {
    light: { accent: '#7a1fa2', onAccent: '#ffffff', accentText: '#6a1b8f', stage: '#4a148c', onStage: '#ffffff' },
    dark: { accent: '#e1b3ff', onAccent: '#2b0a3d', accentText: '#e1b3ff', stage: '#3c1361', onStage: '#ffffff' },
  },
  supportUrl: 'https://acme.example/help',
  legalLinks: [{ label: 'Imprint', url: 'https://acme.example/imprint' }],
};
/** Its name would break out of a page that is put together carelessly. */
const bolt = {
  id: 'bolt',
  name: '</script><b>Bolt & Co</b>',
  hostNames: ['b.localhost'],
  defaultCountry: 'GB',
  palette: {
    light: { accent: '#b45309', onAccent: '#ffffff', accentText: '#92400e', stage: '#fde68a', onStage: '#3b2303' },
    dark: { accent: '#fbbf24', onAccent: '#2a1a00', accentText: '#fcd34d', stage: '#78350f', onStage: '#fff7e6' },
  },
  font: { family: 'serif' },
  features: { contacts: false, history: false },
};
/** The one that is edited. */
const clay = { ...acme, id: 'clay', name: 'Clay Calls', hostNames: ['d.localhost'] };
const german = { id: 'german', name: 'Telefon', hostNames: ['c.localhost'], language: 'de-AT' };

const crm = {
  id: 'crm',
  name: 'CRM',
  brandId: 'bolt',
  algorithm: 'HS256',
  secret: 'a secret that the application of Bolt has',
  issuer: 'https://crm.example',
};

const bea = { userName: 'bea', password: 'belongs to bolt', displayName: 'Bea Bolt' } as const;

function seeded(brands: readonly object[]) {
  const config = bridgeConfig([]);
  const seed = config.seed as { users: object[] };
  const users = [...seed.users, { ...bea, brandId: 'bolt' }];
  return { ...config, seed: { ...seed, users, brands, signingKeys: [crm] } };
}

const test = browserTest.extend<{ logOnFailure: undefined }, { bridge: Bridge }>({
  bridge: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
    async ({}, use) => {
      const bridge = await Bridge.start(seeded([acme, bolt, german, clay]));
      await use(bridge);
      await bridge.close();
    },
    { scope: 'worker' },
  ],
  logOnFailure: [
    async ({ bridge }, use, testInfo) => {
      await use(undefined);
      await attachLogOnFailure(testInfo, bridge);
    },
    { auto: true },
  ],
});

/** The same bridge by another of its names: below `localhost` every name is this machine, and secure. */
function at(bridge: Bridge, host: string, path = '/'): string {
  const url = new URL(path, bridge.url);
  url.hostname = host;
  return url.href;
}

/** What is painted with the brand's accent, its stage and its font. */
function looks(page: Page): Promise<{ button: string; stage: string; text: string; font: string }> {
  return page.evaluate(() => {
    const style = (selector: string) => getComputedStyle(document.querySelector(selector) ?? document.body);
    const stage = style('.sign-in-stage');
    return {
      button: style('.button-primary').backgroundColor,
      stage: stage.backgroundImage,
      text: stage.color,
      font: getComputedStyle(document.body).fontFamily.split(',')[0] ?? '',
    };
  });
}

const pagesOf = (page: Page) => page.getByRole('navigation', { name: 'Pages' }).getByRole('button').allTextContents();

test('each host name has the pages of its brand: name, colours, font, country, links and what they offer', async ({
  bridge,
  page,
}) => {
  const dialer = new Dialer(page);
  const signIn = new SignInPage(page);

  await test.step('Acme', async () => {
    await page.goto(at(bridge, 'a.localhost'));
    await expect(signIn.submit).toBeVisible();
    await expect(page).toHaveTitle('Acme Voice');
    expect(await looks(page)).toMatchObject({
      button: 'rgb(122, 31, 162)',
      stage: expect.stringContaining('rgb(74, 20, 140)'),
      text: 'rgb(255, 255, 255)',
    });
    await expect(page.getByRole('link', { name: 'Imprint' })).toHaveAttribute('href', 'https://acme.example/imprint');
    await expect(page.getByRole('link', { name: 'Get help' })).toHaveAttribute('href', 'https://acme.example/help');
    await signIn.signIn(alice);
    await expect(dialer.call).toBeVisible();
    expect(await pagesOf(page)).toEqual(['Dial pad', 'Contacts', 'History', 'Settings']);
    await dialer.phoneNumber.fill('02071838750');
    await expect(dialer.phoneNumber).toHaveValue('02071 838750');
    await expect(page).toHaveTitle('Acme Voice');
  });

  await test.step('Bolt, in the dark', async () => {
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.goto(at(bridge, 'b.localhost'));
    await expect(signIn.submit).toBeVisible();
    await expect(page).toHaveTitle(bolt.name);
    await expect(page.getByText(bolt.name)).toBeVisible();
    expect(await looks(page)).toEqual({
      button: 'rgb(251, 191, 36)',
      stage: expect.stringContaining('rgb(120, 53, 15)'),
      text: 'rgb(255, 247, 230)',
      font: 'ui-serif',
    });
    await signIn.signIn(alice);
    await expect(dialer.call).toBeVisible();
    expect(await pagesOf(page)).toEqual(['Dial pad', 'Settings']);
    // The same digits, read in another country.
    await dialer.phoneNumber.fill('02071838750');
    await expect(dialer.phoneNumber).toHaveValue('020 7183 8750');
    await page.goto(at(bridge, 'b.localhost', '/contacts'));
    await expect(dialer.call).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Contacts' })).toBeHidden();
    expect(new URL(page.url()).pathname).toBe('/');
  });

  await test.step('what no brand has as its own is the default brand’s', async () => {
    await page.goto(at(bridge, 'x.localhost'));
    await expect(signIn.submit).toBeVisible();
    await expect(page).toHaveTitle('Dialbridge');
  });

  await test.step('a brand speaks its language from the first word on', async () => {
    await page.goto(at(bridge, 'c.localhost'));
    await expect(page.getByRole('button', { name: 'Anmelden' })).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('de');
  });
});

test('what a brand has switched off is off at the API, too', async ({ bridge, page }) => {
  for (const [host, status] of [
    ['a.localhost', 200],
    ['b.localhost', 403],
  ] as const) {
    await page.goto(at(bridge, host));
    const answers = await page.evaluate(async ({ userName, password }) => {
      const body = JSON.stringify({ userName, password });
      const headers = { 'Content-Type': 'application/json' };
      const { accessToken } = await (await fetch('/api/v1/session', { method: 'POST', headers, body })).json();
      const authorization = { Authorization: `Bearer ${accessToken}` };
      const asked = ['contacts', 'history'].map((path) => fetch(`/api/v1/${path}`, { headers: authorization }));
      return Promise.all((await Promise.all(asked)).map(async (one) => [one.status, (await one.json()).error?.code]));
    }, alice);
    expect(answers).toEqual(Array(2).fill([status, status === 403 ? 'featureOff' : undefined]));
  }
});

test('the page is dressed before any script runs', async ({ bridge, browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  for (const brand of [acme, bolt]) {
    await page.goto(at(bridge, brand.hostNames[0] ?? ''));
    await expect(page).toHaveTitle(brand.name);
    const painted = await page.evaluate(() => {
      const button = document.body.appendChild(document.createElement('button'));
      button.className = 'button button-primary';
      return {
        accent: getComputedStyle(button).backgroundColor,
        icon: document.querySelector('#favicon')?.getAttribute('href') ?? '',
        theme: document.querySelector('meta[name="theme-color"]')?.getAttribute('content'),
        marks: document.querySelectorAll('head b, body b').length,
      };
    });
    expect(painted).toMatchObject({
      accent: rgbOf(brand.palette.light.accent),
      theme: brand.palette.light.stage,
      marks: 0,
    });
    expect(decodeURIComponent(painted.icon)).toContain(`fill="${brand.palette.light.accent}"`);
  }
  await context.close();
});

test('no other brand is ever seen, from the first frame to the dial pad and back', async ({ bridge, browser }) => {
  const context = await browser.newContext();
  await recordSights(context);
  const page = await context.newPage();
  await page.goto(at(bridge, 'a.localhost'));
  await new SignInPage(page).signIn(alice);
  await expect(new Dialer(page).call).toBeVisible();
  await page.reload();
  await expect(new Dialer(page).call).toBeVisible();
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await expect(new SignInPage(page).submit).toBeVisible();
  expect(await sightsOf(page)).toEqual(new Set(['title Acme Voice', 'accent rgb(122, 31, 162)', 'text Acme Voice']));
  await context.close();
});

test('who brings a token of another brand sees only that one, from the first frame on', async ({ bridge, browser }) => {
  const context = await browser.newContext();
  await recordSights(context);
  const page = await context.newPage();
  const token = await new SignJWT({ brand: 'bolt', name: 'Carol' })
    .setProtectedHeader({ alg: 'HS256', kid: crm.id })
    .setIssuer(crm.issuer)
    .setAudience('dialbridge')
    .setSubject('4711')
    .setIssuedAt()
    .setExpirationTime('5m')
    .sign(new TextEncoder().encode(crm.secret));
  await page.goto(at(bridge, 'a.localhost', `/enter#token=${token}`));
  await expect(new Dialer(page).call).toBeVisible();
  await page.reload();
  await expect(new Dialer(page).call).toBeVisible();
  expect(await pagesOf(page)).toEqual(['Dial pad', 'Settings']);
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(page.getByRole('button', { name: 'Sign out', exact: true })).toBeVisible();
  expect(await sightsOf(page)).toEqual(new Set(['title …', `title ${bolt.name}`]));
  const accent = await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--brand'));
  expect(accent).toContain(bolt.palette.light.accent);
  await context.close();
});

test('who waits to be recognised sees no brand at all', async ({ bridge, page }) => {
  await page.goto(at(bridge, 'a.localhost'));
  await new SignInPage(page).signIn(alice);
  await expect(new Dialer(page).call).toBeVisible();

  let letThrough = () => {};
  const held = new Promise<void>((resolve) => {
    letThrough = resolve;
  });
  await page.route('**/api/v1/session/refresh', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(at(bridge, 'a.localhost', '/enter'));
  await expect(page.getByText('Loading')).toBeVisible();
  await expect(page).toHaveTitle('…');
  const purple = /rgb\((122, 31, 162|74, 20, 140|106, 27, 143)/;
  const colours = await page.evaluate(() =>
    [...document.querySelectorAll('*')].flatMap((element) => {
      const { color, backgroundColor, backgroundImage, borderTopColor } = getComputedStyle(element);
      return [color, backgroundColor, backgroundImage, borderTopColor];
    }),
  );
  expect(colours.filter((colour) => purple.test(colour) || /rgb\(13, 92, 77/.test(colour))).toEqual([]);
  letThrough();
  await expect(new Dialer(page).call).toBeVisible();
  await expect(page).toHaveTitle('Acme Voice');
});

test('an edit paints open pages anew: logo, colours, name and what they offer; what can’t be read is refused', async ({
  bridge,
  page,
}) => {
  const admin = await administrationOf(bridge);
  await page.goto(at(bridge, 'd.localhost'));
  await new SignInPage(page).signIn(alice);
  await expect(new Dialer(page).call).toBeVisible();

  const logo = await test.step('a picture is uploaded, which could run a script if it were a page', async () => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30"><rect width="90" height="30" fill="#7a1fa2"/>
      <script>window.top.document.title = 'taken over'; document.documentElement.setAttribute('data-ran', 'yes')</script></svg>`;
    const uploaded = await admin('POST', '/brands/clay/assets', { type: 'image/svg+xml', body: svg });
    expect(uploaded.status).toBe(201);
    return uploaded.json;
  });

  const { json: before } = await admin('GET', '/brands/clay');
  const { id: _id, revision, updatedAtMs: _updatedAtMs, ...draft } = before;
  const light = { ...draft.palette.light, accent: '#0b57d0', accentText: '#0842a0' };

  await test.step('colours that can’t be read are refused, and nothing changes', async () => {
    const palette = { ...draft.palette, light: { ...light, onAccent: '#0842a0' } };
    const refused = await admin('PUT', '/brands/clay', { revision, body: { ...draft, palette } });
    expect(refused.status).toBe(422);
    expect(refused.json.error).toMatchObject({
      code: 'invalidSetting',
      details: {
        key: 'palette.light.onAccent',
        expected: 'onAccent on accent reaches 1.4:1, 4.5:1 is needed',
      },
    });
    expect((await admin('GET', '/brands/clay')).json).toEqual(before);
  });

  await test.step('the open page follows', async () => {
    const changed = {
      ...draft,
      name: 'Clay & Daughters',
      palette: { ...draft.palette, light },
      logo: { light: logo.id, dark: null },
      features: { ...draft.features, history: false },
    };
    const saved = await admin('PUT', '/brands/clay', { revision, body: changed });
    expect(saved.status).toBe(200);
    await expect(page).toHaveTitle('Clay & Daughters');
    const picture = page.getByRole('img', { name: 'Clay & Daughters' }).locator('visible=true');
    await expect(picture).toBeVisible();
    expect(await picture.evaluate((img: HTMLImageElement) => [img.complete, img.naturalWidth])).toEqual([true, 90]);
    await expect(page.locator('#favicon')).toHaveAttribute('href', logo.url);
    expect(await pagesOf(page)).toEqual(['Dial pad', 'Contacts', 'Settings']);
    const accent = await page.evaluate(() => {
      const probe = document.body.appendChild(document.createElement('span'));
      probe.style.color = 'var(--brand)';
      return getComputedStyle(probe).color;
    });
    expect(accent).toBe('rgb(11, 87, 208)');
  });

  await test.step('the picture by itself runs nothing', async () => {
    await page.goto(at(bridge, 'd.localhost', logo.url));
    expect(await page.evaluate(() => document.documentElement.tagName)).toBe('svg');
    expect(await page.evaluate(() => document.documentElement.hasAttribute('data-ran'))).toBe(false);
  });

  await test.step('a host name is one brand’s alone', async () => {
    const { json: other } = await admin('GET', '/brands/german');
    const { id, revision: present, updatedAtMs, ...rest } = other;
    const body = { ...rest, hostNames: ['c.localhost', 'd.localhost'] };
    const refused = await admin('PUT', '/brands/german', { revision: present, body });
    expect([refused.status, refused.json.error.details.key]).toEqual([422, 'hostNames.1']);
    expect(refused.json.error.details.expected).toContain('Clay & Daughters');
  });
});

test('a user of one brand can’t sign in at another’s pages, and gets the answer of a wrong password', async ({
  bridge,
  page,
}) => {
  const signIn = new SignInPage(page);
  await page.goto(at(bridge, 'a.localhost'));
  await signIn.signIn(bea);
  const refusal = page.getByRole('alert');
  await expect(refusal).toContainText('The user name or the password is not right.');
  await page.goto(at(bridge, 'b.localhost'));
  await signIn.signIn(bea);
  await expect(new Dialer(page).call).toBeVisible();
  await expect(page).toHaveTitle(bolt.name);
});

test('a bridge with colours that can’t be read doesn’t start, and says which and by how much', async () => {
  const light = { ...acme.palette.light, accent: '#f5a623' };
  const start = Bridge.start(seeded([bolt, { ...acme, palette: { ...acme.palette, light } }]));
  const error = await start.then(
    async (bridge) => {
      await bridge.close();
      return new Error('it started');
    },
    (reason: Error) => reason,
  );
  expect(error.message).toContain(
    'seed.brands[1].palette.light.onAccent: onAccent on accent reaches 2.0:1, 4.5:1 is needed',
  );
  expect(error.message).toContain('accent on the page reaches 1.8:1, 3:1 is needed');
});

type Ask = (
  method: string,
  path: string,
  sent?: { body?: object | string; type?: string; revision?: number },
  // biome-ignore lint/suspicious/noExplicitAny: what the API answers is what the test looks at.
) => Promise<{ status: number; json: any }>;

/** The REST API, asked as the operator. */
async function administrationOf(bridge: Bridge): Promise<Ask> {
  const { accessToken } = await openSession(bridge.url, operator);
  return async (method, path, { body, type = 'application/json', revision } = {}) => {
    const response = await fetch(new URL(`/api/v1/admin${path}`, bridge.url), {
      method,
      headers: {
        authorization: `Bearer ${accessToken}`,
        ...(body !== undefined && { 'content-type': type }),
        ...(revision !== undefined && { 'if-match': `"${revision}"` }),
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return { status: response.status, json: await response.json() };
  };
}

function rgbOf(colour: string): string {
  const part = (from: number) => Number.parseInt(colour.slice(from, from + 2), 16);
  return `rgb(${part(1)}, ${part(3)}, ${part(5)})`;
}

async function sightsOf(page: Page): Promise<Set<string>> {
  return new Set(await page.evaluate(() => JSON.parse(sessionStorage.getItem('sights') ?? '[]') as string[]));
}

/** Writes down, frame by frame and over reloads, every title, every colour that a brand gives, and every name. */
async function recordSights(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const note = (sight: string) => {
      const seen: string[] = JSON.parse(sessionStorage.getItem('sights') ?? '[]');
      if (!seen.includes(sight)) sessionStorage.setItem('sights', JSON.stringify([...seen, sight]));
    };
    const look = () => {
      if (document.title !== '') note(`title ${document.title}`);
      const button = document.querySelector('.button-primary');
      if (button) note(`accent ${getComputedStyle(button).backgroundColor}`);
      const name = document.querySelector('.brand-mark-name');
      if (name) note(`text ${name.textContent}`);
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    new MutationObserver(() => document.title !== '' && note(`title ${document.title}`)).observe(document, {
      childList: true,
      subtree: true,
      characterData: true,
    });
  });
}

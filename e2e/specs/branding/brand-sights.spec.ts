import { type BrowserContext, expect, type Page } from '@playwright/test';
import { SignJWT } from 'jose';
import { acme, at, bolt, crm, pagesOf, brandsTest as test } from '../../fixtures/brands.ts';
import { alice } from '../../fixtures/index.ts';
import { Dialer, SignInPage } from '../../pages/index.ts';

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
      // Under the pointer it has another shade of the same colour, and fades there and back.
      const isAtRest =
        button?.matches('[data-hovered], [data-pressed]') === false && button.getAnimations().length === 0;
      if (button && isAtRest) note(`accent ${getComputedStyle(button).backgroundColor}`);
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

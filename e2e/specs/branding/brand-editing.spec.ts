import { readFile } from 'node:fs/promises';
import { expect, type Page } from '@playwright/test';
import { brandSettingsSchema } from '../../../shared/admin/index.ts';
import { at, pagesOf, brandsTest as test } from '../../fixtures/brands.ts';
import { alice, operator } from '../../fixtures/index.ts';
import { RestClient } from '../../fixtures/RestClient.ts';
import { Dialer, SignInPage } from '../../pages/index.ts';

/** A picture that would take the page over if it could run. */
const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30">
  <rect width="90" height="30" fill="#7a1fa2"/>
  <script>document.documentElement.setAttribute('data-ran', 'yes')</script>
</svg>`;

const fontFile = new URL(
  '../../../node_modules/@fontsource-variable/figtree/files/figtree-latin-wght-normal.woff2',
  import.meta.url,
);

/** The brand as it is now, as a draft to change, and the `If-Match` of a change. */
async function readBrand(admin: RestClient, brandId: string) {
  const { body, etag } = await admin.get(`/admin/brands/${brandId}`);
  const { id: _id, revision: _revision, updatedAtMs: _updatedAtMs, ...draft } = brandSettingsSchema.parse(body);
  return { draft, etag: etag ?? '' };
}

async function openAt(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await new SignInPage(page).signIn(alice);
  await expect(new Dialer(page).call).toBeVisible();
}

test('an edit paints open pages anew: name, logo, font, colours and what they offer', async ({ bridge, page }) => {
  const admin = await RestClient.signIn(bridge.url, operator);
  await openAt(page, at(bridge, 'd.localhost'));
  const logo = await admin.upload('/admin/brands/clay/assets', 'image/svg+xml', Buffer.from(svg));
  const font = await admin.upload('/admin/brands/clay/assets', 'font/woff2', await readFile(fontFile));
  expect([logo.status, font.status]).toEqual([201, 201]);
  const { id: logoId, url: logoUrl } = logo.body as { id: string; url: string };
  const { id: fontId } = font.body as { id: string };

  const { draft, etag } = await readBrand(admin, 'clay');
  const light = { ...draft.palette?.light, accent: '#0b57d0', accentText: '#0842a0' };
  const changed = {
    ...draft,
    name: 'Clay & Daughters',
    palette: { ...draft.palette, light },
    logo: { light: logoId, dark: null },
    font: { family: 'uploaded', assetId: fontId },
    features: { ...draft.features, history: false },
  };
  expect((await admin.ask('PUT', '/admin/brands/clay', changed, etag)).status).toBe(200);

  await expect(page).toHaveTitle('Clay & Daughters');
  const picture = page.getByRole('img', { name: 'Clay & Daughters' }).locator('visible=true');
  await expect(picture).toBeVisible();
  expect(await picture.evaluate((img: HTMLImageElement) => [img.complete, img.naturalWidth])).toEqual([true, 90]);
  await expect(page.locator('#favicon')).toHaveAttribute('href', logoUrl);
  expect(await pagesOf(page)).toEqual(['Dial pad', 'Contacts', 'Settings']);
  const painted = await page.evaluate(async () => {
    const probe = document.body.appendChild(document.createElement('span'));
    probe.style.color = 'var(--brand)';
    const family = getComputedStyle(document.body).fontFamily.split(',')[0] ?? '';
    const [face] = await document.fonts.load(`1rem ${family}`);
    return { accent: getComputedStyle(probe).color, family, isFontLoaded: face?.status };
  });
  expect(painted).toEqual({
    accent: 'rgb(11, 87, 208)',
    family: `"Brand ${fontId.slice(0, 16)}"`,
    isFontLoaded: 'loaded',
  });

  await test.step('the picture by itself runs nothing', async () => {
    await page.goto(at(bridge, 'd.localhost', logoUrl));
    const found = await page.evaluate(() => [
      document.documentElement.tagName,
      document.documentElement.hasAttribute('data-ran'),
    ]);
    expect(found).toEqual(['svg', false]);
  });
});

test('what can’t be read, and a host name of another brand, are refused, and nothing changes', async ({ bridge }) => {
  const admin = await RestClient.signIn(bridge.url, operator);
  const { draft, etag } = await readBrand(admin, 'acme');
  const light = { ...draft.palette?.light, onAccent: '#4a148c' };
  const refusals = [
    {
      change: { palette: { ...draft.palette, light } },
      key: 'palette.light.onAccent',
      expected: 'onAccent on accent reaches 1.4:1, 4.5:1 is needed',
    },
    {
      change: { hostNames: ['a.localhost', 'b.localhost'] },
      key: 'hostNames.1',
      expected: 'expected a host name of this brand alone; this is one of </script><b>Bolt & Co</b>',
    },
  ];
  for (const { change, key, expected } of refusals) {
    const { status, body } = await admin.ask(
      'PUT',
      '/admin/brands/acme',
      { ...draft, name: 'Changed', ...change },
      etag,
    );
    expect([status, body]).toEqual([
      422,
      {
        error: expect.objectContaining({ code: 'invalidSetting', details: expect.objectContaining({ key, expected }) }),
      },
    ]);
  }
  expect(await readBrand(admin, 'acme')).toEqual({ draft, etag });
});

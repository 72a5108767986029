import { expect, type Page } from '@playwright/test';
import { acme, at, bea, bolt, brandsConfig, pagesOf, brandsTest as test } from '../../fixtures/brands.ts';
import { alice, Bridge, expectAccessible } from '../../fixtures/index.ts';
import { Dialer, SignInPage } from '../../pages/index.ts';

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
  const start = Bridge.start(brandsConfig([bolt, { ...acme, palette: { ...acme.palette, light } }]));
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

for (const { host, colorScheme } of [
  { host: 'b.localhost', colorScheme: 'light' },
  { host: 'a.localhost', colorScheme: 'dark' },
] as const) {
  test.describe(`the pages of ${host} in the ${colorScheme}`, () => {
    test.use({ colorScheme });

    test('can be used by everybody', async ({ bridge, page }) => {
      const dialer = new Dialer(page);
      await page.goto(at(bridge, host));
      await expect(new SignInPage(page).submit).toBeVisible();
      await expectAccessible(page, 'sign-in');
      await new SignInPage(page).signIn(alice);
      await expect(dialer.call).toBeVisible();
      await expectAccessible(page, 'dial pad');
      await dialer.dial('+12025550100');
      await dialer.expectTalking();
      await dialer.openKeypad();
      await expectAccessible(page, 'call with keypad');
      await dialer.hangUp.click();
      await dialer.expectIdle();
    });
  });
}

import { type Browser, expect, type Page } from '@playwright/test';
import { alice, expectAccessible, operator, telephone, withNetwork } from '../../fixtures/index.ts';
import { AdminPages, Dialer, RulesPage, SignInPage } from '../../pages/index.ts';

const auditor = { userName: 'vera', password: 'verifies everything', displayName: 'Vera Auditor' } as const;
const manager = { userName: 'mia', password: 'manages her brand', displayName: 'Mia Manager' } as const;

const test = withNetwork(
  { telephone: telephone({ transport: 'udp', codec: 'PCMU', answerMode: 'auto', toneHz: 1000 }) },
  {
    seed: {
      users: [
        { ...alice, role: 'user' },
        { ...operator, role: 'operator' },
        { ...auditor, role: 'auditor' },
        { ...manager, role: 'brandManager', brandId: 'default' },
      ],
      groups: [{ id: 'sales', name: 'Sales' }],
      rules: [
        { id: 'premium', name: 'No premium', order: 1, action: 'deny', to: { types: ['premiumRate'] } },
        {
          id: 'germany',
          name: 'Germany',
          order: 2,
          action: 'allow',
          from: { groups: ['sales'] },
          to: { countries: ['DE'] },
        },
      ],
      rates: [{ id: '+1202', name: 'Washington', pricePerMinute: 0.02 }],
    },
  },
);

/** The default brand, whatever a test before has called it. */
const theBrand = /Dialbridge|Violet/;

async function openAdmin(page: Page, url: string, account: { userName: string; password: string } = operator) {
  await page.goto(url);
  await new SignInPage(page).signIn(account);
  await expect(new Dialer(page).call).toBeVisible();
  const admin = new AdminPages(page);
  await admin.open();
  return admin;
}

async function signedIn(browser: Browser, url: string): Promise<Dialer> {
  const page = await (await browser.newContext({ locale: 'en-US', permissions: ['microphone'] })).newPage();
  await page.goto(url);
  await new SignInPage(page).signIn(alice);
  return new Dialer(page);
}

async function expectRefused(dialer: Dialer, number: string, sentence: RegExp): Promise<void> {
  await dialer.dial(number);
  await expect(dialer.status).toContainText(sentence);
  await dialer.page.getByRole('button', { name: 'Dismiss' }).click();
}

async function expectConnected(dialer: Dialer, number: string): Promise<void> {
  await dialer.dial(number);
  await dialer.expectTalking();
  await dialer.hangUp.click();
  await dialer.expectIdle();
  await dialer.page.getByRole('button', { name: 'Dismiss' }).click();
}

test('a rule is tried before it is saved, and the dialer obeys each change at once', async ({
  bridge,
  browser,
  network,
  page,
}) => {
  test.setTimeout(120_000);
  const { number } = network.telephone;
  const dialer = await signedIn(browser, bridge.url);
  await expectRefused(dialer, number, /may not call/);

  const admin = await openAdmin(page, bridge.url);
  await admin.goTo('Rules');
  const rules = new RulesPage(page);
  await admin.button('New rule').click();
  await admin.field('Name').fill('Washington');
  await admin.panel.getByRole('combobox', { name: 'Users' }).fill(alice.userName);
  await admin.field('Numbers that begin with').fill('+1202');
  await admin.panel.getByRole('combobox', { name: 'User name' }).fill(alice.userName);
  await page.keyboard.press('Tab');
  await admin.field('Number to try').fill(number);
  await admin.button('Try this call').click();
  await expect(admin.panel.getByText('This call becomes possible.')).toBeVisible();
  await expect(admin.panel.getByText('because of the rule “Washington”')).toBeVisible();
  await expect(admin.panel.getByText(/The caller is told: “Your account may not call/)).toBeVisible();
  // Trying has saved nothing.
  await expectRefused(dialer, number, /may not call/);

  await admin.create.click();
  await rules.expectOrder(['No premium', 'Germany', 'Washington']);
  await expect(rules.rule('Washington')).toContainText('Allow alice to call numbers that begin with +1202');
  await expectConnected(dialer, number);

  await admin.button('New rule').click();
  await admin.field('Name').fill('Nobody');
  await admin.toggle('Deny').click();
  await admin.create.click();
  await rules.expectOrder(['No premium', 'Germany', 'Washington', 'Nobody']);
  await rules.moveToTopByKeyboard('Nobody');
  await rules.expectOrder(['Nobody', 'No premium', 'Germany', 'Washington']);
  await expect(rules.announcer).toHaveText('Nobody is now rule 1 of 4.');
  await expectRefused(dialer, number, /are blocked for your account/);

  await rules.dragBelow('Nobody', 'Washington');
  await rules.expectOrder(['No premium', 'Germany', 'Washington', 'Nobody']);
  await expectConnected(dialer, number);

  await rules.choose('Washington', 'Switch off');
  await expect(rules.rule('Washington')).toContainText('Switched off');
  await expectRefused(dialer, number, /are blocked for your account/);

  // What is shown is what is kept.
  await page.reload();
  await rules.expectOrder(['No premium', 'Germany', 'Washington', 'Nobody']);
  await dialer.page.context().close();
});

test('a call is tried without a rule in hand, and every reason is told', async ({ bridge, page }) => {
  const admin = await openAdmin(page, bridge.url);
  await admin.goTo('Try a call');
  await page.getByRole('combobox', { name: 'User name' }).fill('ali');
  await page.getByRole('option', { name: alice.userName }).click();
  await page.getByRole('textbox', { name: 'Number to try' }).fill('+49 30 123456');
  await admin.button('Try it').click();
  await expect(page.getByText('This call is refused')).toBeVisible();
  const answer = page.getByRole('region', { name: 'Answer' });
  await expect(answer).toContainText('Landline, Germany');
  await answer.getByRole('button', { name: /not match$/ }).click();
  await answer.getByRole('link', { name: 'Germany' }).click();
  await expect(admin.field('Name')).toHaveValue('Germany');
});

test('a rate sheet is shown before it is saved, and then tells the price of a number', async ({ bridge, page }) => {
  const admin = await openAdmin(page, bridge.url);
  await admin.goTo('Rates');
  await admin.button('Import').click();
  await admin.panel.locator('input[type=file]').setInputFiles({
    name: 'carrier.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(
      'Prefix;Destination;Price/min\n49;Germany;0,012\n4917;Germany mobile;0,09\n1202;DC;0,03\n43;Austria;free\n',
    ),
  });
  await expect(admin.panel.getByText('Line 5')).toBeVisible();
  await expect(admin.panel.getByRole('button', { name: '2 new rates' })).toBeVisible();
  await expect(admin.panel.getByRole('button', { name: '1 changed rate' })).toBeVisible();
  const send = admin.panel.getByRole('button', { name: 'Import', exact: true });
  await expect(send).toBeDisabled();
  await admin.toggle('Import the others all the same').click();
  await send.click();
  await expect(page.getByText('Imported: 2 new, 1 changed, 0 deleted.')).toBeVisible();
  await page.getByRole('searchbox').fill('+49 171 1234567');
  await expect(page.getByText('cost 0.09 a minute, by the rate +4917 (Germany mobile)')).toBeVisible();
  await page.getByRole('searchbox').fill('');
  const download = page.waitForEvent('download');
  await admin.button('Export').click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^rates-\d{4}-\d\d-\d\d\.csv$/);
  expect(await readAll(await file.createReadStream())).toContain('+4917,Germany mobile,0.09,0,60,60\r\n');
});

test('a brand is seen in its colours before it is saved, and what cannot be read is refused with its ratio', async ({
  bridge,
  page,
}) => {
  const admin = await openAdmin(page, bridge.url);
  await admin.goTo('Brands');
  await admin.openRow(theBrand);
  const callInDark = page.getByTestId('preview-call-dark').frameLocator('iframe');
  await expect(callInDark.getByText('Anna Bergström')).toBeAttached();
  // The pages of the preview are out of reach, also for themselves: Escape and Tab are the form's.
  await expect(admin.panel).toBeFocused();
  await admin.toggle('Colours of its own').click();
  const light = admin.panel.getByRole('group', { name: 'In light' });
  const accent = light.getByRole('textbox', { name: 'Accent', exact: true });
  const onAccent = light.getByRole('textbox', { name: 'On the accent', exact: true });

  await accent.fill('#7a1fa2');
  const signIn = page.getByTestId('preview-signIn-light').frameLocator('iframe');
  const button = signIn.locator('button[type=submit]');
  await expect(button).toHaveCSS('background-color', 'rgb(122, 31, 162)');
  await expect(page.getByTestId('preview-signIn-dark').frameLocator('iframe').locator('button[type=submit]')).toHaveCSS(
    'background-color',
    'rgb(88, 203, 174)',
  );
  await expect(
    page.getByTestId('preview-call-light').frameLocator('iframe').getByText('Anna Bergström'),
  ).toBeAttached();
  await admin.field('Name').fill('Violet');
  await expect(signIn.getByText('Violet')).toBeAttached();
  // Nothing but the preview has changed.
  await expect(admin.save).not.toHaveCSS('background-color', 'rgb(122, 31, 162)');

  await onAccent.fill('#9a5fc2');
  await expect(light.getByText(/^1\.\d:1 on the accent: not readable, at least 4.5:1 is needed\.$/)).toBeVisible();
  await admin.save.click();
  await expect(onAccent).toBeFocused();
  await onAccent.fill('#fff');
  await admin.saveAndClose();
  await page.reload();
  await expect(admin.button('New brand')).toHaveCSS('background-color', 'rgb(122, 31, 162)');
});

test('a logo is uploaded, seen, and served', async ({ bridge, page }) => {
  const admin = await openAdmin(page, bridge.url);
  await admin.goTo('Brands');
  await admin.openRow(theBrand);
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><rect width="40" height="20" fill="#c2185b"/></svg>';
  const upload = admin.panel.locator('input[type=file]').first();
  await upload.setInputFiles({ name: 'logo.svg', mimeType: 'image/svg+xml', buffer: Buffer.from(svg) });
  const picture = admin.panel.getByRole('img', { name: 'On light ground: the present picture' });
  await expect(picture).toBeVisible();
  const inPreview = page.getByTestId('preview-signIn-light').frameLocator('iframe').locator('img.brand-logo').first();
  const naturalWidth = (image: Element) => (image as HTMLImageElement).naturalWidth;
  await expect.poll(() => picture.evaluate(naturalWidth)).toBeGreaterThan(0);
  await expect.poll(() => inPreview.evaluate(naturalWidth)).toBeGreaterThan(0);
  await upload.setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('x') });
  await expect(admin.panel.getByRole('alert')).toContainText('can’t be used');
});

test('an auditor and a brand manager find nothing that would be refused', async ({ bridge, browser, page }) => {
  const admin = await openAdmin(page, bridge.url, auditor);
  for (const name of ['Rules', 'Rates', 'Brands']) {
    await admin.goTo(name);
    await expect(page.getByRole('main').getByRole('row').nth(1)).toBeVisible();
    await expect(page.getByRole('main').getByRole('button', { name: /^(New|Import|Move)/ })).toHaveCount(0);
  }
  await admin.openRow(theBrand);
  await expect(admin.panel.getByRole('button', { name: /Save|Delete|Upload|Add/ })).toHaveCount(0);

  const theirs = await (await browser.newContext({ locale: 'en-US' })).newPage();
  const managed = await openAdmin(theirs, bridge.url, manager);
  await managed.goTo('Brands');
  await expect(managed.button('New brand')).toHaveCount(0);
  await managed.openRow(theBrand);
  await expect(managed.panel.getByText(/^Only operators change these/)).toBeVisible();
  await expect(managed.field('Host names')).toHaveCount(0);
  await managed.toggle('Transfer of calls').click();
  await managed.saveAndClose();
  await managed.goTo('Rules');
  await managed.openRow('Germany');
  await expect(managed.panel.getByText(/only an operator can change it/)).toBeVisible();
  await theirs.context().close();
});

for (const { colorScheme, width, height } of [
  { colorScheme: 'light', width: 1280, height: 800 },
  { colorScheme: 'dark', width: 390, height: 844 },
] as const) {
  test.describe(`${colorScheme}, ${width} pixels wide`, () => {
    test.use({ colorScheme, viewport: { width, height } });

    test('every page about rules, rates and brands can be used by everybody', async ({ bridge, page }) => {
      test.setTimeout(120_000);
      const admin = await openAdmin(page, bridge.url);
      await admin.goTo('Rules');
      await expect(page.getByText(/^\d+ rules$/)).toBeVisible();
      await expectAccessible(page, 'rules');
      await admin.button('More for Germany').click();
      await expectAccessible(page, 'the menu of a rule');
      await page.keyboard.press('Escape');
      await new RulesPage(page).rule('Germany').click();
      await admin.toggle('Only at certain hours').click();
      await expectAccessible(page, 'a rule');
      await admin.field('From').fill('noon');
      await admin.save.click();
      await expectAccessible(page, 'a rule with problems');
      await page.keyboard.press('Escape');
      await admin.button('Discard').click();

      await admin.goTo('Try a call');
      await page.getByRole('combobox', { name: 'User name' }).fill(alice.userName);
      await page.keyboard.press('Tab');
      await page.getByRole('textbox', { name: 'Number to try' }).fill('+49 30 123456');
      await admin.button('From where and when').click();
      await admin.button('Try it').click();
      await expect(page.getByRole('region', { name: 'Answer' })).toContainText('This call');
      await expectAccessible(page, 'a call that was tried');

      await admin.goTo('Rates');
      await expectAccessible(page, 'rates');
      await admin.button('Import').click();
      await admin.panel.locator('input[type=file]').setInputFiles({
        name: 'carrier.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from('Prefix;Price\n49;0,5\n43;free\n'),
      });
      await expect(admin.panel.getByText('Line 3')).toBeVisible();
      await expectAccessible(page, 'a rate sheet');
      await page.keyboard.press('Escape');
      await admin.button('New rate').click();
      await expectAccessible(page, 'a new rate');
      await page.keyboard.press('Escape');

      await admin.goTo('Brands');
      await expectAccessible(page, 'brands');
      await admin.openRow(theBrand);
      await expect(admin.panel.getByRole('region', { name: 'Preview' })).toBeVisible();
      await expectAccessible(page, 'a brand');
      await page.keyboard.press('Escape');
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
    });
  });
}

async function readAll(stream: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts).toString();
}

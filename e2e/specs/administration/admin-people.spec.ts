import { type Browser, expect, type Page } from '@playwright/test';
import { alice, operator, withNetwork } from '../../fixtures/index.ts';
import { type AdminPages, Dialer, openAdmin, openDialer, SignInPage } from '../../pages/index.ts';

const auditor = { userName: 'vera', password: 'verifies everything', displayName: 'Vera Auditor' } as const;

const test = withNetwork(
  {},
  {
    seed: {
      users: [
        { ...alice, role: 'user' },
        { ...operator, role: 'operator' },
        { ...auditor, role: 'auditor' },
      ],
      groups: [{ id: 'sales', name: 'Sales' }],
    },
  },
);

/** Another person's browser. */
async function otherPage(browser: Browser): Promise<Page> {
  return (await browser.newContext({ locale: 'en-US' })).newPage();
}

test('a user is made, signs in, and is shut out at once', async ({ bridge, browser, page }) => {
  const admin = await openAdmin(page, bridge.url, operator);
  await admin.button('New user').click();
  await admin.field('Display name').fill('Nora New');
  await admin.field('User name').fill('nora');
  await admin.field('Password').fill('a first password');
  await admin.choose('Groups', 'Sales');
  await page.keyboard.press('Escape');
  await admin.create.click();
  await expect(admin.row('Nora New')).toContainText('Enabled');

  const theirs = await otherPage(browser);
  await openDialer(theirs, bridge.url, { userName: 'nora', password: 'a first password' });

  await admin.openRow('Nora New');
  await admin.toggle('May sign in').click();
  await admin.saveAndClose();
  await expect(admin.row('Nora New')).toContainText('Disabled');
  const door = new SignInPage(theirs);
  await expect(door.submit).toBeVisible();
  await door.signIn({ userName: 'nora', password: 'a first password' });
  await expect(theirs.getByText(/switched off|not right/)).toBeVisible();
  await theirs.context().close();
});

test('a link signs somebody in once, and “Sign out everywhere” ends it', async ({ bridge, browser, page }) => {
  const admin = await openAdmin(page, bridge.url, operator);
  await admin.button('New user').click();
  await admin.field('Display name').fill('Lena Link');
  await admin.field('User name').fill('lena');
  await admin.panel.getByText('Sign-in link', { exact: true }).click();
  await admin.button('Create and get the link').click();
  const link = await admin.field('Sign-in link').inputValue();

  const theirs = await otherPage(browser);
  await theirs.goto(link);
  await expect(new Dialer(theirs).call).toBeVisible();
  const again = await otherPage(browser);
  await again.goto(link);
  await expect(again.getByText(/already used or is too old/)).toBeVisible();
  await again.context().close();

  await admin.button('Sign out everywhere').click();
  await page
    .getByRole('dialog', { name: /^Sign Lena Link out/ })
    .getByRole('button', { name: 'Sign out everywhere' })
    .click();
  await expect(new SignInPage(theirs).submit).toBeVisible();
  await theirs.context().close();
});

test('an embed key lets visitors of its pages in until it is switched off', async ({ bridge, page }) => {
  const admin = await openAdmin(page, bridge.url, operator);
  await admin.goTo('Embed keys');
  await admin.button('New embed key').click();
  await admin.field('Name').fill('Shop');
  await admin.choose('Brand', 'Dialbridge');
  await admin.field('Pages').fill('https://shop.example/contact');
  await admin.field('Number').fill('+1 202 555 0100');
  await admin.create.click();
  const key = await admin.field('Embed key').inputValue();
  expect(key).toMatch(/^pk_/);

  const comeFrom = (origin: string) =>
    fetch(new URL('/api/v1/session', bridge.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin },
      body: JSON.stringify({ embedKey: key }),
    });
  expect((await comeFrom('https://shop.example')).status).toBe(200);
  expect((await comeFrom('https://other.example')).status).toBe(403);

  await admin.toggle('Works').click();
  await admin.saveAndClose();
  await expect(admin.row('Shop')).toContainText('Disabled');
  await expect.poll(async () => (await comeFrom('https://shop.example')).status).toBe(403);
});

test('a signing key’s secret is shown once', async ({ bridge, page }) => {
  const admin = await openAdmin(page, bridge.url, operator);
  await admin.goTo('Signing keys');
  await admin.button('New signing key').click();
  await admin.field('Name').fill('CRM');
  await admin.choose('Brand', 'Dialbridge');
  await admin.field('Issuer').fill('https://crm.example');
  await admin.choose('Algorithm', 'HS256 (shared secret)');
  await admin.create.click();
  expect((await admin.field('Secret').inputValue()).length).toBeGreaterThan(30);
  await admin.button('Done').click();
  await admin.openRow('CRM');
  await expect(admin.field('Claims')).toHaveValue(/"iss": "https:\/\/crm.example"/);
  await expect(admin.field('Secret')).toHaveCount(0);
});

test('every change is in the audit log, with before and after', async ({ bridge, page }) => {
  const admin = await openAdmin(page, bridge.url, operator);
  await admin.goTo('Groups');
  await admin.button('New group').click();
  await admin.field('Name').fill('Night shift');
  await admin.create.click();
  await admin.openRow('Night shift');
  await admin.field('Name').fill('Late shift');
  await admin.saveAndClose();
  await admin.openRow('Late shift');
  await admin.panel.getByRole('link', { name: 'Changes' }).click();
  await expect(admin.row('Group: Created')).toHaveCount(1);
  await admin.openRow('Group: Changed');
  await expect(admin.panel).toContainText(`${operator.userName} (operator)`);
  await expect(admin.panel.getByRole('row', { name: 'Name' })).toContainText('Night shiftLate shift');
});

test('who was slower is told so, and loses nothing', async ({ bridge, browser, page }) => {
  const admin = await openAdmin(page, bridge.url, operator);
  const theirs = await otherPage(browser);
  const other = await openAdmin(theirs, bridge.url, operator);
  for (const pages of [admin, other]) {
    await pages.openRow(alice.displayName);
    await expect(pages.field('Display name')).toHaveValue(alice.displayName);
  }
  await other.field('User name').fill('alice.b');
  await other.saveAndClose();
  await admin.field('Display name').fill('Alice Later');
  await admin.save.click();
  await admin.button('Look at it').click();
  await expect(admin.field('User name')).toHaveValue('alice.b');
  await expect(admin.field('Display name')).toHaveValue('Alice Later');
  await admin.field('User name').fill(alice.userName);
  await admin.saveAndClose();
  await expect(admin.row('Alice Later')).toContainText(alice.userName);
  await theirs.context().close();
});

test('a group is made without a mouse', async ({ bridge, page }) => {
  const admin = await openAdmin(page, bridge.url, operator);
  const press = async (key: string, target: () => ReturnType<AdminPages['button']>) => {
    for (let tries = 0; tries < 40; tries += 1) {
      if (await target().evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press(key);
    }
    throw new Error('the keyboard does not lead there');
  };
  await press('Tab', () => admin.navigation.getByRole('link', { name: 'Groups' }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Groups' })).toBeVisible();
  await press('Tab', () => admin.button('New group'));
  await page.keyboard.press('Enter');
  await press('Tab', () => admin.field('Name'));
  await page.keyboard.type('By keyboard');
  await page.keyboard.press('Enter');
  await expect(admin.row('By keyboard')).toBeVisible();
  await press('Tab', () => page.getByRole('grid', { name: 'Groups' }).getByRole('row').nth(1));
  await page.keyboard.press('Enter');
  await expect(admin.panel).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(admin.panel).toBeHidden();
});

test('an auditor reads everything and finds nothing to press', async ({ bridge, page }) => {
  const admin = await openAdmin(page, bridge.url, auditor);
  await admin.openRow(operator.displayName);
  await expect(admin.field('User name')).toHaveValue(operator.userName);
  await expect(admin.field('User name')).not.toBeEditable();
  await expect(admin.panel.getByRole('button', { name: /Save|Delete|link|everywhere/ })).toHaveCount(0);
  await page.keyboard.press('Escape');
  for (const name of ['Groups', 'Embed keys', 'Signing keys', 'Access keys', 'Audit log']) {
    await admin.goTo(name);
    await expect(page.getByRole('main').getByRole('button', { name: /^(New|Make)/ })).toHaveCount(0);
  }
});

test('these pages are not for everybody', async ({ bridge, page }) => {
  await openDialer(page, bridge.url, alice);
  await expect(page.getByRole('button', { name: 'Admin', exact: true })).toHaveCount(0);
  await page.goto(new URL('/admin/users', bridge.url).href);
  await expect(page.getByText('This is not for your account')).toBeVisible();
});

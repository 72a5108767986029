import { randomUUID } from 'node:crypto';
import { expect } from '@playwright/test';
import { browserOffer } from '../../fixtures/browserOffer.ts';
import { nobody, operator, withNetwork } from '../../fixtures/index.ts';
import { openSession, ProtocolClient } from '../../fixtures/ProtocolClient.ts';
import { RestClient } from '../../fixtures/RestClient.ts';

const test = withNetwork({ gateway: nobody({ number: '+44' }) }, { probes: { failuresUntilDown: 100 } });

const mia = { userName: 'mia', password: 'manages her brand', displayName: 'Mia Manager' };
const ruth = { userName: 'ruth', password: 'calls her customers', displayName: 'Ruth Red' };
const adam = { userName: 'adam', password: 'only ever looks', displayName: 'Adam Auditor' };

/** What the operator sets up, in the order in which one needs the other. */
const made = [
  ['/admin/brands', { id: 'red', name: 'Red Phones', defaultCountry: 'DE', callerNumbers: ['+49301234567'] }],
  ['/admin/groups', { id: 'red-sales', name: 'Sales', brandId: 'red' }],
  ['/admin/users', { ...mia, role: 'brandManager', brandId: 'red' }],
  // People of a brand sign in at its host names: this one has none, so Ruth is of all.
  ['/admin/users', { ...ruth, groups: ['red-sales'] }],
  ['/admin/users', { ...adam, role: 'auditor' }],
  [
    '/admin/rules',
    {
      id: 'sales-abroad',
      action: 'allow',
      from: { groups: ['red-sales'] },
      to: { prefix: '+44' },
      limits: { costPerDay: 5 },
    },
  ],
  ['/admin/rates', { id: '+44', pricePerMinute: 0.02, name: 'United Kingdom' }],
  [
    '/admin/embed-keys',
    { name: 'Shop', brandId: 'red', origins: ['https://shop.example'], destinations: [{ number: '+49301234567' }] },
  ],
  [
    '/admin/signing-keys',
    { name: 'App', brandId: 'red', algorithm: 'HS256', issuer: 'https://app.example', groups: ['red-sales'] },
  ],
] as const;

test.describe.configure({ mode: 'serial' });

test('an operator sets up a brand with its people, rules, rates and keys, and all survives a crash', async ({
  bridge,
}) => {
  const olga = await RestClient.signIn(bridge.url, operator);
  const secrets: string[] = [];
  for (const [path, draft] of made) {
    const { status, body } = await olga.post(path, draft);
    expect(status, `${path} ${JSON.stringify(body)}`).toBe(201);
    const { password: _password, ...shown } = draft as Record<string, unknown>;
    const { key = body, secret = null } = body as { key?: object; secret?: string | null };
    expect(key).toMatchObject({ ...shown, revision: 1 });
    if (secret !== null) secrets.push(secret);
  }
  expect(secrets).toEqual([expect.stringMatching(/^[\w-]{43}$/)]);

  const before = await everything(olga);
  await bridge.kill();
  await bridge.restart();
  const again = await RestClient.signIn(bridge.url, operator);
  expect(await everything(again)).toEqual(before);

  const { items } = (await again.get('/admin/audit?limit=1000')).body as { items: Record<string, unknown>[] };
  const creations = items.filter(({ action }) => action === 'create').toReversed();
  expect(creations.map(({ kind }) => kind)).toEqual([
    ...['brand', 'group', 'user', 'user', 'user', 'rule', 'rate', 'embedKey', 'signingKey'],
  ]);
  expect(creations[0]).toMatchObject({
    actor: { userName: operator.userName, role: 'operator' },
    address: '127.0.0.1',
    entityId: 'red',
    brandId: 'red',
    before: null,
    after: { name: 'Red Phones' },
  });
  const written = JSON.stringify(items);
  for (const secret of [...secrets, mia.password, ruth.password, 'argon2']) expect(written).not.toContain(secret);
});

test('a rule counts for the next call, and Explain says so before', async ({ bridge }) => {
  const olga = await RestClient.signIn(bridge.url, operator);
  const client = await ProtocolClient.signIn(bridge.url, ruth);
  const dial = () =>
    client.request('call:dial', { callId: randomUUID(), destination: '+442071234567', offer: browserOffer() });
  const explain = async (draft?: object) =>
    (
      await olga.post('/admin/explain', {
        caller: { kind: 'user', userName: 'ruth' },
        destination: '+44 20 7123 4567',
        ...(draft && { draft }),
      })
    ).body as { decision: string; matchedRuleId: string | null; cost: object | null; error: { code: string } | null };
  try {
    expect(await explain()).toMatchObject({
      decision: 'allow',
      matchedRuleId: 'sales-abroad',
      cost: { prefix: '+44' },
    });
    expect(await dial()).toMatchObject({ ok: true });

    const rule = await olga.get('/admin/rules/sales-abroad');
    const { limits: _limits, ...denied } = rule.body as Record<string, unknown>;
    expect(await explain({ put: [{ ...denied, action: 'deny' }] })).toMatchObject({
      decision: 'deny',
      error: { code: 'ruleDenies' },
    });
    expect(await dial()).toMatchObject({ ok: true });
    const deny = { name: 'closed', action: 'deny', from: { groups: ['red-sales'] }, to: { prefix: '+44' } };
    const changed = await olga.ask('PUT', '/admin/rules/sales-abroad', deny, rule.etag ?? '');
    expect(changed).toMatchObject({ status: 200, etag: '"2"', body: { action: 'deny', revision: 2 } });
    expect(await dial()).toMatchObject({ ok: false, error: { code: 'ruleDenies' } });

    // Somebody who had looked at it before the change.
    const late = await olga.ask('PUT', '/admin/rules/sales-abroad', { action: 'allow' }, rule.etag ?? '');
    expect(late).toMatchObject({ status: 409, body: { error: { code: 'conflict' } } });
    expect((await olga.ask('DELETE', '/admin/rules/sales-abroad', undefined, '"2"')).status).toBe(204);
    expect(await dial()).toMatchObject({ ok: false, error: { code: 'noRuleAllows' } });
  } finally {
    client.close();
  }
});

test('bad settings are named with what was expected, and nothing of them is kept', async ({ bridge }) => {
  const olga = await RestClient.signIn(bridge.url, operator);
  const before = await everything(olga);
  const bad: readonly (readonly [string, unknown, string])[] = [
    ['/admin/rules', { action: 'allow', when: { windows: [{ days: ['mon'], from: '25:00' }] } }, 'when.windows.0.from'],
    ['/admin/rules', { action: 'allow', from: { groups: ['ghosts'] } }, 'from.groups.0'],
    ['/admin/rules', { action: 'allow', to: { countries: ['ZZ'] } }, 'to.countries.0'],
    ['/admin/brands', { id: 'blue', name: 'Blue', palette: { light: pale, dark: pale } }, 'palette.light.onAccent'],
    [
      '/admin/brands',
      { id: 'blue', name: 'Blue', emergency: { mode: 'route', gatewayIds: ['ghost'] } },
      'emergency.gatewayIds.0',
    ],
    ['/admin/users', { userName: 'new', displayName: 'New', password: 'short' }, 'password'],
    [
      '/admin/rates/import',
      {
        mode: 'replace',
        rates: [
          { id: '+1', pricePerMinute: 1 },
          { id: '1', pricePerMinute: 1 },
        ],
      },
      'rates.1.id',
    ],
  ];
  for (const [path, draft, key] of bad) {
    const { status, body } = await olga.post(path, draft);
    expect({ status, body }).toMatchObject({
      status: 422,
      body: { error: { code: 'invalidSetting', details: { key } } },
    });
    expect((body as { error: { message: string } }).error.message).toMatch(/expected|is needed/);
  }
  const inUse = await olga.ask('DELETE', '/admin/groups/red-sales', undefined, '"1"');
  expect(inUse).toMatchObject({
    status: 409,
    body: { error: { code: 'inUse', details: { by: expect.stringContaining('ruth') } } },
  });
  expect(await everything(olga)).toEqual(before);
});

test('a brand’s manager sees and edits that brand alone, an auditor only looks, and others see nothing', async ({
  bridge,
}) => {
  const olga = await RestClient.signIn(bridge.url, operator);
  // The brand gets the host name under which its people are to sign in.
  const { body, etag } = await olga.get('/admin/brands/red');
  const { id: _id, revision: _revision, updatedAtMs: _updatedAtMs, ...brand } = body as Record<string, unknown>;
  const named = await olga.ask('PUT', '/admin/brands/red', { ...brand, hostNames: ['localhost'] }, etag ?? '');
  expect(named.status).toBe(200);

  const manager = await RestClient.signIn(bridge.url.replace('127.0.0.1', 'localhost'), mia);
  const ids = async (client: RestClient, path: string) =>
    ((await client.get(path)).body as { items: { id: string; userName?: string }[] }).items.map(
      (one) => one.userName ?? one.id,
    );
  expect(await ids(manager, '/admin/brands')).toEqual(['red']);
  expect(await ids(manager, '/admin/users')).toEqual(['mia']);
  expect(await ids(manager, '/admin/groups')).toEqual(['red-sales']);
  const rita = { userName: 'rita', displayName: 'Rita', password: 'one more person' };
  expect((await manager.post('/admin/users', { ...rita, brandId: 'red' })).status).toBe(201);
  for (const [path, draft] of [
    ['/admin/users', { ...rita, userName: 'other', brandId: null }],
    ['/admin/users', { ...rita, userName: 'other', brandId: 'red', role: 'operator' }],
    ['/admin/brands', { id: 'mine', name: 'Mine' }],
    ['/admin/rules', { action: 'allow' }],
    ['/admin/rates', { id: '+49', pricePerMinute: 0 }],
    ['/admin/access-keys/rotate', {}],
  ] as const) {
    expect(await manager.post(path, draft)).toMatchObject({ status: 403, body: { error: { code: 'forbidden' } } });
  }
  const audit = (await manager.get('/admin/audit')).body as { items: { brandId: string }[] };
  expect(new Set(audit.items.map(({ brandId }) => brandId))).toEqual(new Set(['red']));

  const auditor = await RestClient.signIn(bridge.url, adam);
  expect(await ids(auditor, '/admin/users')).toContain('rita');
  expect(await auditor.post('/admin/groups', { id: 'x', name: 'x' })).toMatchObject({ status: 403 });
  const plain = await RestClient.signIn(bridge.url, ruth);
  expect(await plain.get('/admin/rules')).toMatchObject({ status: 403 });

  // What is taken away counts at once, although the token is still good.
  const adamsId = ((await olga.get('/admin/users?q=adam')).body as { items: { id: string }[] }).items[0]?.id;
  const role = { userName: 'adam', displayName: adam.displayName, role: 'user' };
  expect((await olga.ask('PUT', `/admin/users/${adamsId}`, role, '*')).status).toBe(200);
  expect((await auditor.get('/admin/users')).status).not.toBe(200);
});

test('the API can be read and tried on its page', async ({ bridge, page }) => {
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  const { accessToken } = await openSession(bridge.url, operator);
  await page.goto(`${bridge.url}/api/docs`);
  await page.getByRole('button', { name: 'Authorize' }).first().click();
  const form = page.locator('form').filter({ hasText: 'accessToken' });
  await form.getByRole('textbox').fill(accessToken);
  await form.getByRole('button', { name: 'Apply credentials' }).click();
  await form.getByRole('button', { name: 'Close' }).click();
  const operation = page.locator('#operations-Groups-listGroups');
  await operation.locator('.opblock-summary-control').click();
  await operation.getByRole('button', { name: 'Execute' }).click();
  await expect(operation.locator('.live-responses-table')).toContainText('red-sales');
  expect(complaints).toEqual([]);
});

const pale = { accent: '#eeeeee', onAccent: '#ffffff', accentText: '#eeeeee', stage: '#ffffff', onStage: '#eeeeee' };

/** All that is kept, as the operator sees it. */
async function everything(client: RestClient): Promise<unknown> {
  const paths = ['users', 'groups', 'rules', 'rates', 'brands', 'embed-keys', 'signing-keys'];
  return Promise.all(paths.map(async (path) => (await client.get(`/admin/${path}?limit=1000`)).body));
}

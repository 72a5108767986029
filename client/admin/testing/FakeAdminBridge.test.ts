import { expect, it } from 'vitest';
import { FakeAdminBridge } from './FakeAdminBridge.ts';

const send = (bridge: FakeAdminBridge, method: string, path: string, body: object, revision = 1) =>
  bridge.fetch(`/api/v1/admin${path}`, {
    method,
    body: JSON.stringify(body),
    headers: { 'If-Match': `"${revision}"` },
  });

it('tells of a gateway’s secrets only that they are there, and keeps those that are not sent', async () => {
  const bridge = new FakeAdminBridge();
  const account = { userName: 'trunk', password: 'secret' };
  await send(bridge, 'POST', '/gateways', { id: 'gw', host: 'gw.test', credentials: account });
  expect(JSON.stringify(bridge.get('gateways', 'gw'))).not.toContain('secret');
  await send(bridge, 'PUT', '/gateways/gw', { host: 'gw2.test', credentials: { userName: 'trunk' } });
  expect(bridge.get('gateways', 'gw')).toMatchObject({
    host: 'gw2.test',
    revision: 2,
    credentials: { hasPassword: true },
  });
  await send(bridge, 'PUT', '/gateways/gw', { host: 'gw2.test', credentials: null }, 2);
  expect(bridge.get('gateways', 'gw')).toMatchObject({ credentials: null });
});

it('imports all or nothing, and forgets what a draft leaves out', async () => {
  const bridge = new FakeAdminBridge();
  const prefixes = ['+'];
  bridge.put('routes', { id: 'a', name: 'Old', prefixes }, { id: 'b', prefixes });
  const refused = await send(bridge, 'POST', '/routes/import', {
    mode: 'replace',
    items: [
      { id: 'a', prefixes },
      { id: '!', prefixes },
    ],
  });
  expect(refused.ok).toBe(false);
  expect(bridge.get('routes', 'a')).toMatchObject({ name: 'Old' });
  const done = await send(bridge, 'POST', '/routes/import', {
    mode: 'replace',
    items: [
      { id: 'a', prefixes },
      { id: 'c', prefixes },
    ],
  });
  expect(await done.json()).toEqual({ added: 1, changed: 1, deleted: 1 });
  expect(bridge.get('routes', 'a')).not.toHaveProperty('name');
  expect(bridge.get('routes', 'b')).toBeUndefined();
});

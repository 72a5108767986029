import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { hostTokenClaimsSchema, type SigningKeyView } from '../../../shared/admin/index.ts';
import type { FakeAdminBridge } from '../testing/FakeAdminBridge.ts';
import { patience, renderAdmin } from '../testing/renderAdmin.tsx';
import { exampleClaims, exampleHeader } from './exampleToken.ts';

afterEach(cleanup);

const crm = {
  id: 'key-1',
  name: 'CRM',
  brandId: 'acme',
  isEnabled: true,
  algorithm: 'HS256',
  issuer: 'https://crm.test',
  audience: 'dialbridge',
  maxLifetimeMs: 300_000,
  groups: ['sales'],
} as unknown as SigningKeyView;
const fill = (bridge: FakeAdminBridge) => {
  bridge.put('brands', { id: 'acme', name: 'Acme' });
  bridge.put('groups', { id: 'sales', name: 'Sales' });
  bridge.put('signingKeys', crm);
};
const button = (name: string) => screen.getByRole('button', { name });
const field = (name: string) => screen.getByRole<HTMLInputElement>('textbox', { name });

async function choose(user: Awaited<ReturnType<typeof renderAdmin>>['user'], name: RegExp, option: RegExp) {
  await user.click(within(screen.getByRole('dialog')).getByRole('button', { name }));
  await user.click(await screen.findByRole('option', { name: option }));
}

describe('a signing key', patience, () => {
  it('is made with a secret that is shown once and not closed away by Escape', async () => {
    const key = { ...crm, id: 'key-2', publicKey: null, createdAtMs: 1, lastUsedAtMs: null };
    const { bridge, user, write } = await renderAdmin('/admin/signing-keys/new', {
      fill,
      answers: { 'POST /admin/signing-keys': () => ({ key, secret: 'the-secret' }) },
    });
    await write(field('Name'), 'CRM');
    await write(field('Issuer'), 'https://crm.test');
    await choose(user, /Brand$/, /Acme/);
    await choose(user, /Algorithm$/, /HS256/);
    await user.click(button('Create'));
    await waitFor(() => expect(field('Secret').value).toBe('the-secret'));
    expect(bridge.writes[0]?.body).not.toHaveProperty('publicKey');
    await user.keyboard('{Escape}');
    expect(field('Secret').value).toBe('the-secret');
    await user.click(button('Done'));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('needs a public key unless it is a secret', async () => {
    const { bridge, user, write } = await renderAdmin('/admin/signing-keys/new', { fill });
    await write(field('Name'), 'CRM');
    await write(field('Issuer'), 'https://crm.test');
    await choose(user, /Brand$/, /Acme/);
    await user.click(button('Create'));
    expect(field('Public key').closest('.text-field')?.textContent).toContain(
      'Expected: the public key, as PEM or JWK.',
    );
    expect(bridge.writes).toHaveLength(0);
  });

  it('shows a token that the bridge’s own schema takes and that lives no longer than the key allows', () => {
    const claims = exampleClaims(crm, 1_000);
    expect(hostTokenClaimsSchema.parse(claims)).toMatchObject({ brand: 'acme', grants: { groups: ['sales'] } });
    expect(claims).toMatchObject({ iss: 'https://crm.test', aud: 'dialbridge', iat: 1_000, exp: 1_300 });
    expect(exampleHeader(crm)).toEqual({ alg: 'HS256', typ: 'JWT', kid: 'key-1' });
  });
});

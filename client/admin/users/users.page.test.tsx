import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { DialbridgeError } from '../../../shared/errors/index.ts';
import type { FakeAdminBridge } from '../testing/FakeAdminBridge.ts';
import { patience, renderAdmin } from '../testing/renderAdmin.tsx';

afterEach(cleanup);

const fill = (bridge: FakeAdminBridge) => {
  bridge.put('users', { id: 'u2', userName: 'alice', displayName: 'Alice Winter', password: 'a long password' });
  bridge.put('users', { id: 'u3', userName: 'ben', displayName: 'Ben Summer', isEnabled: false });
  bridge.put('groups', { id: 'sales', name: 'Sales' }, { id: 'support', name: 'Support' });
};

const button = (name: string) => screen.getByRole('button', { name });
const field = (name: string) => screen.getByRole<HTMLInputElement>('textbox', { name });

describe('the users page', patience, () => {
  it('lists the users with their state', async () => {
    await renderAdmin('/admin/users', { fill });
    const row = await screen.findByRole('row', { name: /Ben Summer/ });
    expect(within(row).getByText('Disabled')).toBeTruthy();
  });

  it('asks the bridge for what is searched', async () => {
    const { bridge, write } = await renderAdmin('/admin/users', { fill });
    await write(screen.getByRole('searchbox', { name: 'Search users' }), 'winter');
    await waitFor(() => expect(screen.queryByText('Ben Summer')).toBeNull());
    expect(screen.getByText('Alice Winter')).toBeTruthy();
    expect(bridge.asked.at(-1)?.path).toContain('q=winter');
  });

  it('creates a user with a password', async () => {
    const { bridge, user, write } = await renderAdmin('/admin/users', { fill });
    await user.click(button('New user'));
    await write(field('Display name'), 'Cleo');
    await write(field('User name'), 'cleo');
    await write(screen.getByLabelText('Password', { selector: 'input[type=password]' }), 'long enough');
    await user.click(button('Create'));
    await waitFor(() => expect(screen.getByRole('row', { name: /Cleo/ })).toBeTruthy());
    expect(bridge.writes[0]?.body).toMatchObject({ userName: 'cleo', password: 'long enough', role: 'user' });
  });

  it('says at the field what is missing and asks the bridge for nothing', async () => {
    const { bridge, user } = await renderAdmin('/admin/users/new', { fill });
    await user.click(button('Create'));
    expect(screen.getAllByText('Please fill this in.')).toHaveLength(2);
    expect(screen.getByText('Expected: at least 8 characters.')).toBeTruthy();
    expect(bridge.writes).toHaveLength(0);
  });

  it('shows what the bridge refuses at the field that it names', async () => {
    const refuse = () => {
      throw new DialbridgeError('invalidSetting', {
        details: { key: 'callerNumbers.0', expected: 'a number of the brand' },
      });
    };
    const { user } = await renderAdmin('/admin/users/u2', { fill, answers: { 'PUT /admin/users/u2': refuse } });
    await user.type(await screen.findByRole('textbox', { name: 'Caller IDs' }), '+12025550100{Enter}');
    await user.click(button('Save'));
    const numbers = await screen.findByText('Expected: a number of the brand.');
    expect(numbers.closest('.field')?.textContent).toContain('Caller IDs');
  });
});

describe('the access of a user', patience, () => {
  const link = { url: 'https://phone.test/#sign-in=abc', expiresAtMs: 1_700_000_600_000 };

  it('is given by a link at once where a new user gets no password', async () => {
    const { bridge, user, write } = await renderAdmin('/admin/users/new', {
      fill,
      answers: { 'POST /admin/users/users-1/sign-in-link': () => link },
    });
    await write(field('Display name'), 'Lena');
    await write(field('User name'), 'lena');
    await user.click(screen.getByRole('radio', { name: 'Sign-in link' }));
    await user.click(button('Create and get the link'));
    await waitFor(() => expect(field('Sign-in link').value).toBe(link.url));
    expect(bridge.writes.map(({ path }) => path)).toEqual(['/admin/users', '/admin/users/users-1/sign-in-link']);
    expect(bridge.writes[0]?.body).not.toHaveProperty('password');
  });

  it('is ended everywhere after a question', async () => {
    const { bridge, user } = await renderAdmin('/admin/users/u2', {
      fill,
      answers: { 'POST /admin/users/u2/sign-out-everywhere': () => undefined },
    });
    await user.click(await screen.findByRole('button', { name: 'Sign out everywhere' }));
    expect(bridge.writes).toHaveLength(0);
    const question = screen.getByRole('dialog', { name: 'Sign Alice Winter out everywhere?' });
    await user.click(within(question).getByRole('button', { name: 'Sign out everywhere' }));
    expect(await screen.findByText('Alice Winter is signed out everywhere.')).toBeTruthy();
    expect(bridge.writes).toHaveLength(1);
  });

  it('keeps the present password where none is written, and sends a new one', async () => {
    const { bridge, user, write } = await renderAdmin('/admin/users/u2', { fill });
    await user.click(await screen.findByText('May sign in'));
    await user.click(button('Save'));
    await waitFor(() => expect(bridge.writes).toHaveLength(1));
    expect(bridge.writes[0]?.body).not.toHaveProperty('password');
    expect(bridge.writes[0]?.body).toMatchObject({ isEnabled: false });
    await user.click(await screen.findByRole('row', { name: /Alice Winter/ }));
    await write(await screen.findByLabelText('New password', { selector: 'input[type=password]' }), 'long enough');
    await user.click(button('Save'));
    await waitFor(() => expect(bridge.writes[1]?.body).toHaveProperty('password', 'long enough'));
    expect(bridge.writes[1]?.ifMatch).toBe('"2"');
  });
});

import { cleanup, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { patience, renderAdmin } from '../testing/renderAdmin.tsx';

afterEach(cleanup);

const key = (id: string, state: string) => ({ id, createdAtMs: 1_700_000_000_000, state, retiresAtMs: null });

function ring() {
  const items = [key('one', 'current')];
  return {
    'GET /admin/access-keys': () => ({ items }),
    'POST /admin/access-keys/rotate': () => {
      items.splice(0, items.length, key('two', 'current'), key('one', 'retiring'));
      return { items };
    },
  };
}

describe('the access keys', patience, () => {
  it('are renewed after a question that says what happens', async () => {
    const { bridge, user } = await renderAdmin('/admin/access-keys', { answers: ring() });
    expect(await screen.findByText('Signs')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Make a new key' }));
    const question = screen.getByRole('dialog', { name: 'Make a new access key?' });
    expect(question.textContent).toContain('nobody is signed out');
    await user.click(within(question).getByRole('button', { name: 'Make a new key' }));
    expect(await screen.findByText('Retiring')).toBeTruthy();
    expect(bridge.writes.map(({ path }) => path)).toEqual(['/admin/access-keys/rotate']);
  });

  it('are not renewed by who only reads', async () => {
    await renderAdmin('/admin/access-keys', { answers: ring(), role: 'auditor' });
    expect(await screen.findByText('Signs')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Make a new key' })).toBeNull();
  });

  it.each(['brandManager', 'auditor'] as const)('are not there for a %s of one brand', async (role) => {
    await renderAdmin('/admin/access-keys', { answers: ring(), role, brandId: 'default' });
    expect(await screen.findByRole('heading', { name: 'Users' })).toBeTruthy();
    expect(screen.queryByRole('link', { name: 'Access keys' })).toBeNull();
  });
});

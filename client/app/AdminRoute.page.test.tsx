import { cleanup, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { UserRole } from '../../shared/protocol/index.ts';
import { defaultBrand } from '../branding/index.ts';
import { renderPage } from './testing/renderPage.tsx';

afterEach(cleanup);

const entry = () => screen.queryByRole('button', { name: 'Admin' });

describe('the way to the operator’s pages', () => {
  it.each<[UserRole, boolean]>([
    ['operator', true],
    ['brandManager', true],
    ['auditor', true],
    ['user', false],
    ['visitor', false],
  ])('of the role %s: %s', async (role, isShown) => {
    await renderPage('/', {}, defaultBrand, role);
    expect(entry() !== null).toBe(isShown);
  });

  it('ends at a sentence for who has none', async () => {
    await renderPage('/admin/users', {}, defaultBrand, 'user');
    expect(screen.getByRole('heading', { name: 'This is not for your account' })).toBeTruthy();
  });

  it('leads to the pages, without the telephone, and leaves digits to them', async () => {
    const page = await renderPage('/', {}, defaultBrand, 'operator');
    await page.user.click(entry() as HTMLElement);
    expect(await screen.findByRole('heading', { name: 'Users' }, { timeout: 10_000 })).toBeTruthy();
    expect(entry()?.getAttribute('aria-current')).toBe('page');
    await page.user.keyboard('42');
    await page.user.click(screen.getByRole('button', { name: 'Dial pad' }));
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Phone number' }).value).toBe('');
  }, 20_000);
});

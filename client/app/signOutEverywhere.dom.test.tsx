import { cleanup, screen, within } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { renderPage } from './testing/renderPage.tsx';

beforeAll(() => {
  vi.stubGlobal('__CLIENT_VERSION__', '0.0.0');
});
afterEach(cleanup);

describe('signing out everywhere', () => {
  it('asks before, says what happens, and then leaves', async () => {
    const { user, session } = await renderPage('/settings');
    // The frame around the pages, which leads out of them, is not here.
    const left = vi.spyOn(session, 'signOutEverywhere').mockResolvedValue();
    await user.click(screen.getByRole('button', { name: 'Sign out everywhere' }));
    const dialog = await screen.findByRole('dialog', { name: 'Sign out everywhere' });
    expect(dialog.textContent).toContain('on all your devices, this one too');
    await user.click(within(dialog).getByRole('button', { name: 'Cancel' }));
    await user.click(screen.getByRole('button', { name: 'Sign out everywhere' }));
    expect(left).not.toHaveBeenCalled();
    const again = await screen.findByRole('dialog', { name: 'Sign out everywhere' });
    await user.click(within(again).getByRole('button', { name: 'Sign out everywhere' }));
    expect(left).toHaveBeenCalledOnce();
  });
});

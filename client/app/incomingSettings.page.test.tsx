import { act, cleanup, screen, within } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { settle } from '../state/testing/FakeTimers.ts';
import { renderPage } from './testing/renderPage.tsx';

beforeAll(() => void vi.stubGlobal('__CLIENT_VERSION__', '0.0.0'));
afterEach(cleanup);

async function opened(
  path = '/settings',
  ...more: Parameters<typeof renderPage> extends [string, ...infer R] ? R : never
) {
  const page = await renderPage(path, ...more);
  let kept = { isDoNotDisturb: false, hasCallWaiting: true };
  page.transport.answers.set('session:setAvailability', ({ messageId: _, ...wish }) => {
    kept = { ...kept, ...wish };
    return { ok: true, data: kept };
  });
  return page;
}
const toggle = (name: string) => screen.getByRole<HTMLInputElement>('switch', { name });

describe('do not disturb', () => {
  it('is switched beside the person’s name, and shown there and in the settings', async () => {
    const page = await opened();
    const quick = screen.getByRole('button', { name: 'Do not disturb' });
    await page.user.click(quick);
    await act(settle);
    expect(page.transport.named('session:setAvailability')[0]?.payload.isDoNotDisturb).toBe(true);
    expect(quick.getAttribute('aria-pressed')).toBe('true');
    expect(screen.getByText('Do not disturb: nothing rings')).toBeTruthy();
    expect(toggle('Do not disturb').checked).toBe(true);
  });

  it('follows another device', async () => {
    const page = await opened('/');
    await act(async () => {
      page.transport.notify('session:availabilityChanged', { isDoNotDisturb: true, hasCallWaiting: true });
    });
    expect(screen.getByRole('button', { name: 'Do not disturb' }).getAttribute('aria-pressed')).toBe('true');
  });

  it('stays as it was, with a word, when the bridge does not take it', async () => {
    const page = await opened('/');
    const error = { code: 'internal', message: 'x' };
    page.transport.answers.set('session:setAvailability', () => ({ ok: false, error }));
    await page.user.click(screen.getByRole('button', { name: 'Do not disturb' }));
    await act(settle);
    expect(screen.getByRole('button', { name: 'Do not disturb' }).getAttribute('aria-pressed')).toBe('false');
    expect(screen.getByRole('region', { name: 'Notices' }).textContent).not.toBe('');
  });

  it('is not offered to a visitor, whom nobody can call', async () => {
    await opened('/settings', {}, undefined, 'visitor');
    expect(screen.queryByRole('button', { name: 'Do not disturb' })).toBeNull();
    expect(screen.queryByRole('region', { name: 'Incoming calls' })).toBeNull();
  });
});

describe('settings of incoming calls', () => {
  it('switch call waiting off', async () => {
    const page = await opened();
    await page.user.click(toggle('Call waiting'));
    await act(settle);
    expect(page.transport.named('session:setAvailability')[0]?.payload.hasCallWaiting).toBe(false);
    expect(toggle('Call waiting').checked).toBe(false);
  });

  it('ask for notifications by a button, and say what the browser decided', async () => {
    const page = await opened();
    page.notifications.answer = 'denied';
    const card = screen.getByRole('region', { name: 'Incoming calls' });
    await page.user.click(within(card).getByRole('button', { name: 'Show calls' }));
    await act(settle);
    expect(page.notifications.asked).toBe(1);
    expect(card.textContent).toContain('Your browser blocks notifications for this page.');
    expect(within(card).queryByRole('button', { name: 'Show calls' })).toBeNull();
  });

  it('keep how loud it rings, and let it be heard', async () => {
    const page = await opened();
    await page.user.click(screen.getByRole('radio', { name: 'Loud' }));
    expect(page.preferences.values.get().ringVolume).toBe('loud');
    await page.user.click(screen.getByRole('button', { name: 'Play the ring' }));
    expect(page.rings).toHaveLength(1);
  });

  it('withhold the person’s number', async () => {
    const page = await opened();
    await page.user.click(toggle('Withhold my number'));
    expect(page.preferences.values.get().isNumberWithheld).toBe(true);
  });
});

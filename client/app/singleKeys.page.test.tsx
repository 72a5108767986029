import { act, cleanup, screen } from '@testing-library/react';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { renderPage } from './testing/renderPage.tsx';
import { talkingPage } from './testing/talkingPage.tsx';

beforeAll(() => void vi.stubGlobal('__CLIENT_VERSION__', '0.0.0'));
afterEach(cleanup);

const field = () => screen.getByRole<HTMLInputElement>('textbox', { name: 'Phone number' });
const switchOff = async ({ preferences }: Pick<Awaited<ReturnType<typeof renderPage>>, 'preferences'>) =>
  act(async () => preferences.change({ hasSingleKeys: false }));

it('are switched off in the settings, which then list the other keys alone', async () => {
  const { user, preferences } = await renderPage('/settings');
  expect(screen.getByText('M H K A T D S')).toBeTruthy();
  await user.click(screen.getByRole('switch', { name: 'Single keys' }));
  expect(preferences.values.get().hasSingleKeys).toBe(false);
  expect(screen.queryByText('M H K A T D S')).toBeNull();
  expect(screen.queryByText('0–9 * #')).toBeNull();
  expect(screen.getByText('Ctrl V')).toBeTruthy();
});

it('do nothing in a call while they are off, and all again once they are on', async () => {
  const page = await talkingPage();
  const told = () => ['call:mute', 'call:hold', 'call:dtmf'].map((name) => page.sent(name).length);
  await switchOff(page);
  await page.type('mhkats5#');
  expect(told()).toEqual([0, 0, 0]);
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(screen.queryByRole('textbox', { name: 'Phone number' })).toBeNull();
  await act(async () => page.preferences.change({ hasSingleKeys: true }));
  await page.type('5mh');
  expect(told()).toEqual([1, 1, 1]);
});

it('are told by the tooltips no more while they are off', async () => {
  const page = await talkingPage();
  await switchOff(page);
  await page.user.tab();
  while (document.activeElement?.getAttribute('aria-label') !== 'Hold') await page.user.tab();
  expect((await screen.findByRole('tooltip')).textContent).toBe('Hold');
});

it('dial from anywhere no more while they are off, but in the field of the number', async () => {
  const page = await renderPage('/');
  await act(async () => field().blur());
  await page.user.keyboard('2');
  expect(field().value).toBe('2');
  await switchOff(page);
  await page.user.keyboard('025');
  expect(field().value).toBe('2');
  await page.user.type(field(), '025');
  expect(field().value).toBe('(202) 5');
});

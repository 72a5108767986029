import { act, cleanup, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { incomingCall } from '../calling/testing/incomingCall.ts';
import { settle } from '../state/testing/FakeTimers.ts';
import { renderPage } from './testing/renderPage.tsx';

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

type Page = Awaited<ReturnType<typeof renderPage>>;

async function tell({ transport }: Page, name: string, payload: object) {
  await act(async () => {
    transport.notify(name, payload);
    await settle();
  });
}
const ring = (page: Page) =>
  tell(page, 'call:incoming', incomingCall({ callingName: 'Anna Berg', ringsUntil: Date.now() + 30_000 }));
const stop = (page: Page) => tell(page, 'call:incomingEnded', { callId: 'in-1', reason: 'cancelled', takenBy: null });

/** The person looks at another tab, or comes back. */
async function look(where: 'away' | 'here') {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(where === 'away' ? 'hidden' : 'visible');
  vi.spyOn(document, 'hasFocus').mockReturnValue(where === 'here');
  await act(async () => document.dispatchEvent(new Event('visibilitychange')));
}

async function allowed() {
  const page = await renderPage('/');
  page.notifications.permission = 'granted';
  return page;
}

describe('a call while the person is elsewhere', () => {
  it('is shown by the system until it rings no longer', async () => {
    const page = await allowed();
    await look('away');
    await ring(page);
    const [shown] = page.notifications.shown;
    expect(shown).toMatchObject({
      title: 'Anna Berg is calling',
      body: '(202) 555-0177\ncalled Support',
      tag: 'in-1',
      requireInteraction: true,
      silent: true,
      isClosed: false,
    });
    expect(shown?.icon).toMatch(/^data:image/);
    await stop(page);
    expect(shown?.isClosed).toBe(true);
  });

  it('is not shown to who looks at the page, and taken back when they come', async () => {
    const page = await allowed();
    await look('here');
    await ring(page);
    expect(page.notifications.shown).toHaveLength(0);
    await look('away');
    expect(page.notifications.shown).toHaveLength(1);
    await look('here');
    expect(page.notifications.shown[0]?.isClosed).toBe(true);
  });

  it('brings the page to the front by a click', async () => {
    const page = await allowed();
    await look('away');
    await ring(page);
    page.notifications.shown[0]?.click();
    expect([page.notifications.focused, page.notifications.shown[0]?.isClosed]).toEqual([1, true]);
  });

  it('is left to the system’s sound where the browser keeps the page silent', async () => {
    const page = await allowed();
    await look('away');
    page.isRingBlocked.set(true);
    await ring(page);
    expect(page.notifications.shown[0]?.silent).toBe(false);
  });

  it('shows nothing where the person did not allow it', async () => {
    const page = await renderPage('/');
    await look('away');
    await ring(page);
    expect([page.notifications.shown.length, page.notifications.asked]).toEqual([0, 0]);
  });

  it('takes turns in the title of the tab with what stands there else', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const page = await renderPage('/');
    await ring(page);
    expect(document.title).toBe('📞 Anna Berg is calling');
    act(() => void vi.advanceTimersByTime(1_500));
    expect(document.title).toBe('Dialbridge');
    act(() => void vi.advanceTimersByTime(1_500));
    expect(document.title).toBe('📞 Anna Berg is calling');
    await stop(page);
    expect(document.title).toBe('Dialbridge');
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('the offer to show calls', () => {
  const title = 'Hear of calls while you do something else?';

  it('asks the person before the browser does, and no second time', async () => {
    const page = await renderPage('/');
    expect(page.notifications.asked).toBe(0);
    await page.user.click(screen.getByRole('button', { name: 'Show calls' }));
    await act(settle);
    expect(page.notifications.asked).toBe(1);
    expect(screen.queryByText(title)).toBeNull();
    expect(page.preferences.values.get().hasAnsweredOffer).toBe(true);
    expect(screen.getByRole('region', { name: 'Notices' }).textContent).toContain('Calls will be shown');
  });

  it('is gone for good when it was not wanted, without the browser having asked', async () => {
    const page = await renderPage('/');
    await page.user.click(screen.getByRole('button', { name: 'Not now' }));
    expect(screen.queryByText(title)).toBeNull();
    expect([page.notifications.asked, page.preferences.values.get().hasAnsweredOffer]).toEqual([0, true]);
  });

  it('is made on the first page alone, and to nobody whom nobody can call', async () => {
    await renderPage('/contacts');
    expect(screen.queryByText(title)).toBeNull();
    cleanup();
    await renderPage('/', {}, undefined, 'visitor');
    expect(screen.queryByText(title)).toBeNull();
  });
});

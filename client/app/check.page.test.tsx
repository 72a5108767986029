import { act, cleanup, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultBrand } from '../branding/index.ts';
import { checkFindings } from '../calling/check/index.ts';
import { settle } from '../state/testing/FakeTimers.ts';
import { renderPage } from './testing/renderPage.tsx';

beforeEach(() => void vi.stubGlobal('__CLIENT_VERSION__', 'test'));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

async function open(path = '/check', role?: 'visitor') {
  const page = await renderPage(path, {}, defaultBrand, role);
  page.transport.answers.set('session:ping', () => ({ ok: true, data: { serverTimeMs: 1 } }));
  page.transport.answers.set('media:check', () => ({ ok: true, data: { answer: 'v=0 the echo', endsAtMs: 1 } }));
  page.transport.answers.set('media:endCheck', () => ({ ok: true, data: {} }));
  const start = async (sent = 300) => {
    await page.user.click(screen.getByRole('button', { name: 'Start the echo test' }));
    await act(settle);
    const media = page.media.at(-1);
    if (media) media.isConnected = true;
    media?.counted.set('I', { type: 'inbound-rtp', packetsReceived: 300, packetsLost: 0, jitter: 0.002 });
    media?.counted.set('O', { type: 'outbound-rtp', packetsSent: sent });
    await act(() => page.timers.advance(7000));
  };
  return { ...page, start };
}

const verdict = () => within(screen.getByRole('status', { name: 'Result of the test' }));

describe('Checking the telephone', () => {
  it('shows the microphone and the network, and says that all is well', async () => {
    const { start } = await open();
    await start();
    expect(verdict().getByText('All good: calls will sound clear')).toBeTruthy();
    expect(screen.getByRole('meter', { name: 'Loudness of the microphone' }).getAttribute('value')).toBe('67');
    expect(screen.getByText('Jitter').nextElementSibling?.textContent).toBe('2 ms');
  });

  it('says what is wrong and what to do', async () => {
    const { start, user } = await open();
    await start(330);
    expect(verdict().getByText('Your network loses packets')).toBeTruthy();
    expect(verdict().getByText('Move closer to the router, or use a cable.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Stop' }));
    expect(screen.getByRole('button', { name: 'Test again' })).toBeTruthy();
    expect(verdict().getByText('Your network loses packets')).toBeTruthy();
  });

  it('is there for visitors, too', async () => {
    await open('/check', 'visitor');
    expect(screen.getByRole('heading', { name: 'Check my phone', level: 1 })).toBeTruthy();
  });

  it('opens from the settings', async () => {
    const { user } = await open('/settings');
    await user.click(
      within(screen.getByRole('region', { name: 'Sound' })).getByRole('button', { name: 'Check my phone' }),
    );
    expect(screen.getByRole('heading', { name: 'Check my phone', level: 1 })).toBeTruthy();
  });

  it('opens from the dialer before the first call', async () => {
    const { user } = await open('/');
    await user.click(screen.getByRole('button', { name: 'Check my phone' }));
    expect(screen.getByRole('heading', { name: 'Check my phone', level: 1 })).toBeTruthy();
  });

  it('opens by *43, which calls nobody', async () => {
    const { user, transport } = await open('/');
    await user.type(screen.getByRole('textbox', { name: 'Phone number' }), '*43');
    await user.click(screen.getByRole('button', { name: 'Call' }));
    expect(screen.getByRole('heading', { name: 'Check my phone', level: 1 })).toBeTruthy();
    expect(transport.named('call:dial')).toHaveLength(0);
  });

  it('ends when the page is left', async () => {
    const { start, user, media } = await open();
    await start();
    await user.click(screen.getByRole('button', { name: 'Settings' }));
    expect(media.at(-1)?.isClosed).toBe(true);
  });

  it('has words for everything that it can find', async () => {
    const { check } = await open();
    for (const finding of checkFindings) {
      await act(async () =>
        (check.state as unknown as { set(state: object): void }).set({ ...check.state.get(), findings: [finding] }),
      );
      expect(verdict().getByRole('listitem').textContent).not.toContain('check.');
    }
  });
});

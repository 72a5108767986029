import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CallId } from '../../shared/domain/index.ts';
import { MicrophoneError } from '../calling/media/index.ts';
import { settle } from '../state/testing/FakeTimers.ts';
import { callId, noScreen, opened, pass, people, press, ring, screenOf, stop } from './testing/incomingPage.tsx';

// The clock stands still until a test moves it; timers go on.
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => {
  vi.useRealTimers();
  cleanup();
});

describe('a call that rings', () => {
  it.each(['/', '/contacts', '/history', '/settings'])('is shown over %s, with who calls and whom', async (path) => {
    vi.stubGlobal('__CLIENT_VERSION__', '0.0.0');
    const page = await opened(path);
    await ring(page, { callingName: 'Anna Berg', groupName: 'Sales' });
    const dialog = await screenOf('Anna Berg');
    const description = document.getElementById(dialog.getAttribute('aria-describedby') ?? '')?.textContent;
    expect(description).toContain('(202) 555-0177');
    expect(description).toContain('called Support · group Sales');
    await stop(page, 'cancelled');
    noScreen();
  });

  it('is shown over the operators’ pages', async () => {
    const page = await opened('/admin', {}, undefined, 'operator');
    await ring(page);
    await screenOf('(202) 555-0177');
  });

  it('has the name of the contact, though the bridge told none', async () => {
    const page = await opened('/', people);
    await ring(page);
    await screenOf('Anna Berg');
  });

  it('says that the number is withheld', async () => {
    const page = await opened();
    await ring(page, { callingNumber: null });
    await screenOf('Number withheld');
  });

  it('takes the focus, so that a screen reader says it, and not onto a button', async () => {
    const page = await opened();
    await ring(page);
    const dialog = await screenOf('(202) 555-0177');
    await waitFor(() => expect(dialog.contains(document.activeElement)).toBe(true));
    expect(document.activeElement?.tagName).not.toBe('BUTTON');
  });

  it('is taken by its button', async () => {
    const page = await opened();
    await ring(page, { callingName: 'Anna Berg' });
    await page.user.click(within(await screenOf('Anna Berg')).getByRole('button', { name: 'Accept' }));
    await act(settle);
    expect(page.transport.named('call:answer')[0]?.payload).toMatchObject({ callId });
    noScreen();
    const region = screen.getByRole('region', { name: 'Call with Anna Berg' });
    expect(region.textContent).toContain('called Support');
    expect(screen.getByRole('status', { name: 'Call status' }).textContent).toBe('Connected');
  });

  it('is declined by its button, on all devices', async () => {
    const page = await opened();
    await ring(page);
    await page.user.click(within(await screenOf('(202) 555-0177')).getByRole('button', { name: 'Decline' }));
    await act(settle);
    expect(page.transport.named('call:decline')[0]?.payload).toMatchObject({ callId });
    noScreen();
    expect(screen.queryByText('Missed call')).toBeNull();
  });

  it.each([
    ['Enter', 'call:answer'],
    ['Escape', 'call:decline'],
  ])('is dealt with by %s, once it can have been seen', async (key, message) => {
    const page = await opened();
    await ring(page);
    await screenOf('(202) 555-0177');
    pass(499);
    await press(key);
    expect(page.transport.named(message)).toHaveLength(0);
    pass(1);
    await press(key);
    expect(page.transport.named(message)).toHaveLength(1);
  });

  it('does not take the Enter of somebody who was writing', async () => {
    const page = await opened();
    screen.getByRole('textbox', { name: 'Phone number' }).focus();
    await ring(page);
    await screenOf('(202) 555-0177');
    pass(1_999);
    await press('Enter');
    expect(page.transport.named('call:answer')).toHaveLength(0);
    pass(1);
    await press('Enter');
    expect(page.transport.named('call:answer')).toHaveLength(1);
    expect(page.transport.named('call:dial')).toHaveLength(0);
  });

  it('keeps the keyboard from dialling', async () => {
    const page = await opened();
    await ring(page);
    await screenOf('(202) 555-0177');
    await page.user.keyboard('5');
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Phone number', hidden: true }).value).toBe('');
  });

  it('stands beside others, each with buttons of its own', async () => {
    const page = await opened();
    await ring(page);
    await ring(page, { callId: 'in-2' as CallId, callingNumber: '+12025550178' });
    const dialog = await screenOf('(202) 555-0177');
    await page.user.click(within(dialog).getByRole('button', { name: 'Decline (202) 555-0178' }));
    await page.user.click(within(dialog).getByRole('button', { name: 'Accept' }));
    await act(settle);
    expect(page.transport.named('call:decline')[0]?.payload.callId).toBe('in-2');
    expect(page.transport.named('call:answer')[0]?.payload.callId).toBe('in-1');
  });

  it('rings on with a word about the microphone when the browser gave none', async () => {
    const page = await opened();
    page.microphone.granted = false;
    page.microphone.next = () => Promise.reject(new MicrophoneError('blocked'));
    await ring(page);
    await page.user.click(within(await screenOf('(202) 555-0177')).getByRole('button', { name: 'Accept' }));
    await act(settle);
    const dialog = await screenOf('(202) 555-0177');
    expect(within(dialog).getByRole('alert').textContent).toContain('The microphone is blocked');
  });

  it('rings on with the reason when it could not be taken', async () => {
    const page = await opened();
    const error = { code: 'mediaUnavailable', message: 'x' };
    page.transport.answers.set('call:answer', () => ({ ok: false, error }));
    await ring(page);
    await page.user.click(within(await screenOf('(202) 555-0177')).getByRole('button', { name: 'Accept' }));
    await act(settle);
    const dialog = await screenOf('(202) 555-0177');
    expect(within(dialog).getByRole('alert').textContent).toContain('The call could not be taken');
    expect(within(dialog).getByRole('button', { name: 'Accept' })).toBeTruthy();
  });

  it('says that the browser keeps it silent, and can be silenced by the person', async () => {
    const page = await opened();
    await ring(page);
    const dialog = await screenOf('(202) 555-0177');
    await act(async () => page.isRingBlocked.set(true));
    expect(dialog.textContent).toContain('keeps the ring silent');
    await page.user.click(within(dialog).getByRole('button', { name: 'Silence the ring' }));
    expect(dialog.textContent).toContain('The ring is silenced');
    expect(page.rings[0]?.isStopped).toBe(true);
    expect(page.transport.named('call:decline')).toHaveLength(0);
  });
});

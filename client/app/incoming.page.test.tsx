import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CallId } from '../../shared/domain/index.ts';
import type { IncomingCall } from '../../shared/protocol/index.ts';
import { MicrophoneError } from '../calling/media/index.ts';
import { callStatus } from '../calling/testing/callStatus.ts';
import { incomingCall } from '../calling/testing/incomingCall.ts';
import { settle } from '../state/testing/FakeTimers.ts';
import { renderPage } from './testing/renderPage.tsx';

// The clock stands still until a test moves it; timers go on.
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => {
  vi.useRealTimers();
  cleanup();
});

const anna = {
  id: 'c1',
  name: 'Anna Berg',
  numbers: [{ number: '+12025550177', label: 'work' }],
  revision: 1,
  updatedAtMs: 1,
};
const people = { 'GET /contacts': () => ({ contacts: [anna] }) };
const callId = 'in-1' as CallId;

type Page = Awaited<ReturnType<typeof renderPage>>;

async function opened(
  path = '/',
  ...more: Parameters<typeof renderPage> extends [string, ...infer Rest] ? Rest : never
) {
  const page = await renderPage(path, ...more);
  page.transport.answers.set('call:answer', (payload) => ({
    ok: true,
    data: { answer: 'v=0 the answer', status: established(payload.callId as CallId) },
  }));
  return page;
}

const established = (id: CallId) =>
  callStatus({
    callId: id,
    direction: 'incoming',
    state: 'established',
    callingNumber: '+12025550177',
    calledNumber: '+12025550199',
    calledName: 'Support',
    answeredAt: Date.now(),
  });

async function tell({ transport }: Page, name: string, payload: object) {
  await act(async () => {
    transport.notify(name, payload);
    await settle();
  });
}
const ring = (page: Page, call: Partial<IncomingCall> = {}) =>
  tell(page, 'call:incoming', incomingCall({ ringsUntil: Date.now() + 30_000, ...call }));
const stop = (page: Page, reason: string, takenBy: object | null = null, id = callId) =>
  tell(page, 'call:incomingEnded', { callId: id, reason, takenBy });

const screenOf = (name: string) => screen.findByRole('alertdialog', { name: `Incoming call: ${name}` });
const noScreen = () => expect(screen.queryByRole('alertdialog')).toBeNull();
const press = async (key: string) => {
  fireEvent.keyDown(document.activeElement ?? document.body, { key });
  await act(settle);
};
/** As long as a call must have rung until keys mean it. */
const pass = (ms: number) => vi.setSystemTime(Date.now() + ms);

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

describe('after it rang', () => {
  it.each([
    [{ displayName: 'Ben', isSelf: false }, 'Ben took the call from Anna Berg.'],
    [{ displayName: 'Alice', isSelf: true }, 'You took the call from Anna Berg on another device.'],
  ])('says who took it', async (takenBy, text) => {
    const page = await opened('/', people);
    await ring(page);
    await stop(page, 'taken', takenBy);
    expect(screen.getByRole('region', { name: 'Notices' }).textContent).toContain(text);
    expect(screen.queryByText('Missed call')).toBeNull();
  });

  it('says that it was declined on another device', async () => {
    const page = await opened('/', people);
    await ring(page);
    await stop(page, 'declined');
    expect(screen.getByRole('region', { name: 'Notices' }).textContent).toContain('You declined the call');
  });

  it('keeps a missed call in sight, to be dialled back', async () => {
    const page = await opened('/', people);
    await ring(page);
    await stop(page, 'cancelled');
    await ring(page, { callId: 'in-2' as CallId, callingNumber: null });
    await stop(page, 'noAnswer', null, 'in-2' as CallId);
    const missed = screen.getByRole('region', { name: '2 missed calls' });
    expect(
      within(missed)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent),
    ).toEqual([expect.stringContaining('Number withheld'), expect.stringContaining('Anna Berg')]);
    await page.user.click(within(missed).getByRole('button', { name: 'Dial Anna Berg back' }));
    await act(settle);
    expect(page.transport.named('call:dial')[0]?.payload.destination).toBe('+12025550177');
    const dialled = page.phone.call.get()?.callId as CallId;
    await tell(page, 'call:status', callStatus({ callId: dialled, revision: 9, state: 'ended' }));
    await page.user.click(screen.getByRole('button', { name: 'Dismiss missed calls' }));
    expect(screen.queryByText('Missed call')).toBeNull();
  });

  it('counts a missed call as seen once the history is open', async () => {
    const page = await opened('/');
    await ring(page);
    await stop(page, 'noAnswer');
    await page.user.click(screen.getByRole('button', { name: 'History' }));
    await act(settle);
    expect(page.incoming.missed.get()).toEqual([]);
  });

  it('says on the card of a call that was taken too late who was quicker', async () => {
    const page = await opened();
    page.transport.answers.delete('call:answer');
    await ring(page);
    await page.user.click(within(await screenOf('(202) 555-0177')).getByRole('button', { name: 'Accept' }));
    await act(settle);
    expect(screen.getByRole('status', { name: 'Call status' }).textContent).toBe('Answering…');
    await stop(page, 'taken', { displayName: 'Ben', isSelf: false });
    await act(async () => {
      page.transport.named('call:answer')[0]?.ack({ ok: false, error: { code: 'callTaken', message: 'x' } });
      await settle();
    });
    const card = screen.getByRole('region', { name: 'This call was already taken' });
    expect(card.textContent).toContain('Ben was quicker.');
    expect(within(card).getByRole('button', { name: 'Dial back' })).toBeTruthy();
  });
});

describe('while the person talks', () => {
  async function talking() {
    const page = await opened('/', people);
    await ring(page);
    await page.user.click(within(await screenOf('Anna Berg')).getByRole('button', { name: 'Accept' }));
    await act(settle);
    await ring(page, { callId: 'in-2' as CallId, callingNumber: '+12025550178' });
    return page;
  }
  const banner = () => screen.getByRole('region', { name: 'Another call is waiting' });

  it('tells of another call without taking the screen, the focus or the keys', async () => {
    const page = await talking();
    noScreen();
    expect(within(banner()).getByRole('alert').textContent).toContain('(202) 555-0178 is calling');
    pass(5_000);
    await press('Enter');
    await press('Escape');
    expect(page.transport.named('call:decline')).toHaveLength(0);
    expect(page.transport.named('call:answer')).toHaveLength(1);
    await page.user.click(within(banner()).getByRole('button', { name: 'Decline (202) 555-0178' }));
    await act(settle);
    expect(page.transport.named('call:decline')[0]?.payload.callId).toBe('in-2');
    expect(screen.getByRole('region', { name: 'Call with Anna Berg' })).toBeTruthy();
  });

  it('ends the one for the other', async () => {
    const page = await talking();
    const name = 'End this one and accept (202) 555-0178';
    await page.user.click(within(banner()).getByRole('button', { name }));
    await act(settle);
    expect(page.transport.named('call:hangUp')[0]?.payload.callId).toBe('in-1');
    expect(page.transport.named('call:answer')[1]?.payload.callId).toBe('in-2');
    expect(page.phone.call.get()?.callId).toBe('in-2');
  });

  it('rings when the first call ends by itself', async () => {
    const page = await talking();
    await tell(page, 'call:status', { ...established(callId), revision: 5, state: 'ended' });
    await screenOf('(202) 555-0178');
  });
});

import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CallId } from '../../shared/domain/index.ts';
import type { ErrorCode } from '../../shared/errors/index.ts';
import type { CallStatus } from '../../shared/protocol/index.ts';
import { defaultBrand } from '../branding/index.ts';
import { callStatus } from '../calling/testing/callStatus.ts';
import { settle } from '../state/testing/FakeTimers.ts';
import { renderPage } from './testing/renderPage.tsx';

// The clock stands still until a test moves it; timers go on.
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => {
  vi.useRealTimers();
  cleanup();
});

type Page = Awaited<ReturnType<typeof renderPage>>;

async function dialled(): Promise<Page> {
  const page = await renderPage('/');
  await dial(page);
  return page;
}

async function dial(page: Page): Promise<void> {
  const field = screen.getByRole('textbox', { name: 'Phone number' });
  await page.user.clear(field);
  await page.user.type(field, '2025550100');
  await page.user.click(screen.getByRole('button', { name: 'Call' }));
  await act(settle);
}

let revision = 10;
async function tell({ phone, transport }: Page, status: Partial<CallStatus>): Promise<void> {
  revision += 1;
  await act(async () => {
    const callId = phone.call.get()?.callId as CallId;
    transport.notify('call:status', callStatus({ callId, revision, state: 'established', answeredAt: 1, ...status }));
    await settle();
  });
}

const limit = (code: ErrorCode, leftMs: number) => ({
  endsAt: Date.now() + leftMs,
  error: { code, message: 'x' },
});
const timer = () => screen.queryByRole('timer', { name: 'End of the call' });
/** What became of the last call. */
const card = () => {
  const region = screen.getByRole('button', { name: 'Dismiss' }).closest('section');
  return within(region as HTMLElement);
};
const announced = () => screen.getByRole('status', { name: 'End of the call' }).textContent;

describe('the warning of a limit', () => {
  it.each([
    ['maxDurationReached', 'Then the longest time for one call is reached.'],
    ['dailyMinutesReached', 'Then the calling time for today is used up.'],
    ['dailyCostReached', 'Then the calling credit for today is used up.'],
  ] as const)('says for %s when the call ends, and why', async (code, reason) => {
    const page = await dialled();
    await tell(page, {});
    expect(timer()).toBeNull();
    await tell(page, { limit: limit(code, 44_500) });
    expect(timer()?.textContent).toBe(`This call ends in 0:45${reason}`);
    expect(announced()).toBe(`This call ends in 45 seconds. ${reason}`);
  });

  it('goes with the time on the screen, and is said once to screen readers', async () => {
    const page = await dialled();
    await tell(page, { limit: limit('maxDurationReached', 10_001) });
    expect(timer()?.textContent).toContain('0:11');
    await tell(page, { limit: limit('maxDurationReached', 30_000) });
    expect(timer()?.textContent).toContain('0:30');
    expect(announced()).toContain('in 11 seconds.');
  });

  it('goes when the budget frees again, and is said anew when it comes back', async () => {
    const page = await dialled();
    await tell(page, { limit: limit('dailyMinutesReached', 19_900) });
    await tell(page, { limit: null });
    expect(timer()).toBeNull();
    expect(announced()).toBe('');
    await tell(page, { limit: limit('dailyMinutesReached', 59_900) });
    expect(announced()).toContain('in 60 seconds.');
  });

  it('stands beside other news of the call', async () => {
    const page = await dialled();
    await tell(page, { limit: limit('maxDurationReached', 44_500) });
    await page.user.click(screen.getByRole('button', { name: 'Mute' }));
    expect(screen.getByText('You are muted')).toBeTruthy();
    expect(timer()).not.toBeNull();
  });
});

describe('a call that a limit has ended', () => {
  it('says so in words, with how long was talked and when one can call again', async () => {
    const page = await dialled();
    const error = { code: 'dailyMinutesReached', message: 'x', canRetry: true, retryAfterMs: 119_500 } as const;
    const times = { answeredAt: Date.now() - 125_000, endedAt: Date.now() };
    await tell(page, { ...times, state: 'ended', end: { outcome: 'answered', by: 'bridge', error } });
    expect(screen.getByRole('region', { name: 'Call ended' })).toBeTruthy();
    expect(card().getByText('The calling time for today is used up. You talked for 2:05.')).toBeTruthy();
    expect(card().getByText('Try again in 2 minutes.')).toBeTruthy();
  });
});

describe('a refusal', () => {
  async function refusedWith(error: object): Promise<Page> {
    const page = await renderPage('/');
    // What is drawn goes by the clock of the machine.
    await act(() => page.timers.advance(Date.now() - page.timers.now()));
    page.transport.answers.set('call:dial', () => ({ ok: false, error: { message: 'x', ...error } }));
    await dial(page);
    return page;
  }

  it('by a limit is said as one of now, with when to try again', async () => {
    await refusedWith({ code: 'callRateReached', canRetry: true, retryAfterMs: 30_500 });
    expect(screen.getByRole('heading', { name: 'Not possible right now' })).toBeTruthy();
    expect(card().getByText('Too many calls in a short time. Please wait a moment.')).toBeTruthy();
    expect(card().getByText('Try again in 31 seconds.')).toBeTruthy();
  });

  it('stops saying when to try again once it is time', async () => {
    await refusedWith({ code: 'callRateReached', canRetry: true, retryAfterMs: 1100 });
    expect(card().getByText('Try again in 2 seconds.')).toBeTruthy();
    vi.setSystemTime(Date.now() + 1100);
    await waitFor(() => expect(screen.queryByText(/^Try again in/)).toBeNull());
  });

  it('of a number is said as one of the number', async () => {
    await refusedWith({ code: 'emergencyNotServed' });
    expect(screen.getByRole('heading', { name: 'This number may not be called' })).toBeTruthy();
    expect(card().getByText('Emergency numbers cannot be called from here. Use a telephone.')).toBeTruthy();
  });

  it('of the chosen caller ID offers the usual one', async () => {
    const page = await refusedWith({ code: 'callerNumberNotAllowed', details: { number: '+12025550122' } });
    expect(screen.getByRole('heading', { name: 'The call was not allowed' })).toBeTruthy();
    await page.user.click(screen.getByRole('button', { name: 'Dial with your usual number' }));
    await act(settle);
    expect(page.transport.named('call:dial')).toHaveLength(2);
  });
});

describe('the choice of a caller ID', () => {
  const numbers = ['+12025550111', '+442079460018'];

  // The build's; the settings show it.
  beforeEach(() => void vi.stubGlobal('__CLIENT_VERSION__', 'test'));
  afterEach(() => void vi.unstubAllGlobals());

  it('is kept for the next calls', async () => {
    const page = await renderPage('/settings', {}, { ...defaultBrand, callerNumbers: numbers });
    const choice = screen.getByRole('button', { name: /Number that others see when you call/ });
    expect(choice.textContent).toContain('(202) 555-0111 (usual)');
    await page.user.click(choice);
    await page.user.click(screen.getByRole('option', { name: '+44 20 7946 0018' }));
    expect(page.preferences.values.get().callerNumber).toBe('+442079460018');
    await page.user.click(screen.getByRole('button', { name: /Number that others see when you call/ }));
    await page.user.click(screen.getByRole('option', { name: '(202) 555-0111 (usual)' }));
    expect(page.preferences.values.get().callerNumber).toBeNull();
  });

  it.each([[[] as string[]], [['+12025550111']]])('is not offered where there is none: %j', async (callerNumbers) => {
    await renderPage('/settings', {}, { ...defaultBrand, callerNumbers });
    expect(screen.getByRole('heading', { name: 'Settings' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: /Number that others see/ })).toBeNull();
  });
});

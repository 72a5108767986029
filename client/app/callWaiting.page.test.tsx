import { act, cleanup, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CallId } from '../../shared/domain/index.ts';
import { settle } from '../state/testing/FakeTimers.ts';
import {
  callId,
  established,
  noScreen,
  opened,
  pass,
  people,
  press,
  ring,
  screenOf,
  tell,
} from './testing/incomingPage.tsx';

// The clock stands still until a test moves it; timers go on.
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => {
  vi.useRealTimers();
  cleanup();
});

describe('a call that comes while the person talks', () => {
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
    const name = 'End this call and answer (202) 555-0178';
    await page.user.click(within(banner()).getByRole('button', { name }));
    await act(settle);
    expect(page.transport.named('call:hangUp')[0]?.payload.callId).toBe('in-1');
    expect(page.transport.named('call:answer')[1]?.payload.callId).toBe('in-2');
    expect(page.phone.call.get()?.callId).toBe('in-2');
  });

  it('holds the one for the other', async () => {
    const page = await talking();
    const name = 'Hold this call and answer (202) 555-0178';
    await page.user.click(within(banner()).getByRole('button', { name }));
    await act(settle);
    expect(page.transport.named('call:hold')[0]?.payload.callId).toBe('in-1');
    expect(page.transport.named('call:answer')[1]?.payload.callId).toBe('in-2');
    expect(page.transport.named('call:hangUp')).toHaveLength(0);
    expect(page.phone.calls.get().map((call) => call.callId)).toEqual(['in-2', 'in-1']);
  });

  it('offers no hold while the first is not answered', async () => {
    const page = await opened('/', people);
    page.phone.dial({ destination: '+12025550100' });
    await act(settle);
    await ring(page);
    const names = within(banner())
      .getAllByRole('button')
      .map((button) => button.textContent);
    expect(names).toEqual(['Decline', 'End and answer']);
  });

  it('rings when the first call ends by itself', async () => {
    const page = await talking();
    await tell(page, 'call:status', { ...established(callId), revision: 5, state: 'ended' });
    await screenOf('(202) 555-0178');
  });
});

import { act, cleanup, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CallId } from '../../shared/domain/index.ts';
import { callStatus } from '../calling/testing/callStatus.ts';
import { settle } from '../state/testing/FakeTimers.ts';
import { opened, people, ring, screenOf, stop, tell } from './testing/incomingPage.tsx';

// The clock stands still until a test moves it; timers go on.
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => {
  vi.useRealTimers();
  cleanup();
});

describe('after a call rang', () => {
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

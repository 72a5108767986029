import { cleanup, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { opened, ring, stop, tell } from './testing/incomingPage.tsx';

/** What the bridge has of a person's calls: `count` missed, none seen by anybody. */
function missedAtBridge(count: number) {
  const calls = { count, seenUntilMs: 0, writes: [] as number[] };
  const entry = {
    ...{ callId: 'in-1', direction: 'incoming', number: '+12025550177', name: null, requestedAtMs: 1000 },
    ...{ answeredAtMs: null, endedAtMs: 5000, outcome: 'noAnswer', codec: null, gatewayId: null },
  };
  const answers = {
    'GET /history?limit=50': () => ({
      entries: calls.count > 0 || calls.seenUntilMs > 0 ? [entry] : [],
      nextCursor: null,
      missed: { count: calls.count, seenUntilMs: calls.seenUntilMs },
    }),
    'PUT /history/seen': ({ body }: { body?: unknown }) => {
      const { untilMs } = body as { untilMs: number };
      calls.writes.push(untilMs);
      calls.count = 0;
      calls.seenUntilMs = untilMs;
      return { count: 0, seenUntilMs: untilMs };
    },
  };
  return { calls, answers };
}

const historyButton = (description: string) => screen.findByRole('button', { name: 'History', description });

describe('the badge of missed calls', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
  afterEach(() => {
    cleanup();
    vi.useRealTimers();
  });

  it('says how many were missed, and up to ninety-nine', async () => {
    const { calls, answers } = missedAtBridge(1);
    const page = await opened('/', answers);
    expect((await historyButton('Missed call')).textContent).toContain('1');
    calls.count = 99;
    await tell(page, 'history:changed', {});
    expect((await historyButton('99 missed calls')).textContent).toContain('99+');
    expect(calls.writes).toEqual([]);
  });

  it('goes when the history is opened, and tells the bridge so once', async () => {
    const { calls, answers } = missedAtBridge(3);
    const page = await opened('/', answers);
    await page.user.click(await historyButton('3 missed calls'));
    expect(await historyButton('')).toBeTruthy();
    await tell(page, 'history:changed', {});
    expect(calls.writes).toEqual([5000]);
  });

  it('goes, with the notice of the call, when another device has seen it', async () => {
    const { calls, answers } = missedAtBridge(0);
    const page = await opened('/', answers);
    await ring(page);
    await stop(page, 'noAnswer');
    calls.count = 1;
    await tell(page, 'history:changed', {});
    expect(screen.getByRole('region', { name: 'Missed call' })).toBeTruthy();
    await historyButton('Missed call');
    Object.assign(calls, { count: 0, seenUntilMs: 5000 });
    await tell(page, 'history:changed', {});
    expect(await historyButton('')).toBeTruthy();
    expect(screen.queryByRole('region', { name: 'Missed call' })).toBeNull();
  });

  it('goes for all devices when the notice is put away', async () => {
    const { calls, answers } = missedAtBridge(0);
    const page = await opened('/', answers);
    await ring(page);
    await stop(page, 'noAnswer');
    calls.count = 1;
    await tell(page, 'history:changed', {});
    await page.user.click(screen.getByRole('button', { name: 'Dismiss missed calls' }));
    expect(await historyButton('')).toBeTruthy();
    expect(calls.writes).toEqual([5000]);
  });
});

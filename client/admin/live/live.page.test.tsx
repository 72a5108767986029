import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LiveCall } from '../../../shared/admin/index.ts';
import { DialbridgeError } from '../../../shared/errors/index.ts';
import type { Asked } from '../testing/FakeAdminBridge.ts';
import { patience, renderAdmin } from '../testing/renderAdmin.tsx';
import { liveCall, liveFigures } from './testing/liveCall.ts';

// Only what is in sight is made, and without a layout nothing would be.
beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(1200);
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(600);
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const figures = liveFigures({ now: { calls: 41, talking: 32, incoming: 13, outgoing: 28 } });
const answersOf = (calls: (asked: Asked) => unknown) => ({
  'GET /admin/live/calls': calls,
  'GET /admin/live/figures': () => figures,
});
const whole = (...calls: LiveCall[]) => ({ cursor: 'a', isWhole: true, atMs: 65_000, calls, ended: [] });

describe('the live page', patience, () => {
  it('tells how many calls are up, how the last hour went, and each call', async () => {
    await renderAdmin('/admin/live', { answers: answersOf(() => whole(liveCall({ costSoFar: 0.25 }))) });
    const row = await screen.findByRole('row', { name: /\+12025550100/ });
    for (const text of ['ruth', 'Outgoing', 'Talking', '1:00', 'carrier', 'opus', '0.25'])
      expect(row.textContent).toContain(text);
    expect(screen.getByText('32')).toBeTruthy();
    expect(screen.getByText('1 of one call')).toBeTruthy();
    expect(screen.getByRole('img', { name: 'Answer rate: Nothing yet' })).toBeTruthy();
  });

  it('asks for what has changed since, and follows it', async () => {
    const asked: string[] = [];
    const answers = answersOf(({ path }) => {
      asked.push(path);
      if (asked.length === 1) return whole(liveCall(), liveCall({ callId: 'c2', calledNumber: '+4930' }));
      return { cursor: 'b', isWhole: false, atMs: 70_000, calls: [], ended: asked.length === 2 ? ['c1'] : [] };
    });
    await renderAdmin('/admin/live', { answers });
    await screen.findByRole('row', { name: /\+12025550100/ });
    await waitFor(() => expect(screen.queryByRole('row', { name: /\+12025550100/ })).toBeNull());
    expect(screen.getByRole('row', { name: /\+4930/ })).toBeTruthy();
    expect(asked.slice(0, 2)).toEqual(['/admin/live/calls', '/admin/live/calls?cursor=a']);
  });

  it('keeps the focus in its place when the last call ends that had it', async () => {
    let isOver = false;
    const answers = answersOf(() =>
      isOver ? { cursor: 'b', isWhole: false, atMs: 70_000, calls: [], ended: ['c1'] } : whole(liveCall()),
    );
    await renderAdmin('/admin/live', { answers });
    (await screen.findByRole('row', { name: /\+12025550100/ })).focus();
    isOver = true;
    const title = await screen.findByRole('heading', { name: 'No call is up' });
    expect(document.activeElement?.contains(title)).toBe(true);
    expect(document.activeElement).not.toBe(document.body);
  });

  it('hangs up a call, for a reason', async () => {
    const { user, bridge } = await renderAdmin('/admin/live', {
      answers: { ...answersOf(() => whole(liveCall())), 'POST /admin/live/calls/c1/hang-up': () => undefined },
    });
    await user.click(await screen.findByRole('row', { name: /\+12025550100/ }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Hang up this call?' }));
    await user.click(dialog.getByRole('button', { name: 'Hang up' }));
    expect(dialog.getByText(/^Say why/)).toBeTruthy();
    await user.type(dialog.getByRole('textbox'), ' fraud ');
    await user.click(dialog.getByRole('button', { name: 'Hang up' }));
    await screen.findByText('The call is being ended.');
    expect(bridge.writes).toMatchObject([{ path: '/admin/live/calls/c1/hang-up', body: { reason: 'fraud' } }]);
  });

  it('lets an auditor look, and nothing else', async () => {
    const { user } = await renderAdmin('/admin/live', {
      role: 'auditor',
      answers: answersOf(() => whole(liveCall())),
    });
    await user.click(await screen.findByRole('row', { name: /\+12025550100/ }));
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('says when it can’t be read, and keeps what it showed', async () => {
    let times = 0;
    const answers = answersOf(() => {
      times += 1;
      if (times > 1) throw new DialbridgeError('forbidden');
      return whole(liveCall());
    });
    await renderAdmin('/admin/live', { answers });
    await screen.findByText(/^What goes on could not be read just now/);
    expect(screen.getByRole('row', { name: /\+12025550100/ })).toBeTruthy();
  });

  it('says when no call is up', async () => {
    await renderAdmin('/admin/live', { answers: answersOf(() => whole()) });
    expect(await screen.findByText('No call is up')).toBeTruthy();
  });
});

import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { patience, renderAdmin } from '../testing/renderAdmin.tsx';
import { describeKey } from './describeValue.ts';
import { differenceOf } from './differenceOf.ts';
import { nameOfEntity } from './nameOfEntity.ts';

afterEach(cleanup);

const actor = { userId: 'u1', userName: 'olga', role: 'operator' };
const entry = (id: string, more: object) => ({
  id,
  atMs: 1_700_000_000_000,
  actor,
  address: '192.0.2.7',
  action: 'update',
  kind: 'user',
  entityId: 'u2',
  brandId: null,
  before: { displayName: 'Ann', isEnabled: true, revision: 1 },
  after: { displayName: 'Anna', isEnabled: false, revision: 2 },
  ...more,
});
const entries = [
  entry('a2', {}),
  entry('a1', { kind: 'rule', action: 'create', entityId: 'r1', before: null, after: { id: 'r1', name: 'Germany' } }),
];
const answers = { 'GET /admin/audit': () => ({ items: entries, nextCursor: null }) };

describe('the audit log', patience, () => {
  it('lists who did what to which', async () => {
    await renderAdmin('/admin/audit', { answers });
    const row = await screen.findByRole('row', { name: /User: Changed/ });
    expect(within(row).getByText('olga')).toBeTruthy();
    expect(within(row).getByText('Anna')).toBeTruthy();
  });

  it('shows setting by setting what was different', async () => {
    const { user } = await renderAdmin('/admin/audit', { answers });
    await user.click(await screen.findByRole('row', { name: /User: Changed/ }));
    const table = screen.getByRole('table', { name: 'Difference' });
    const cells = within(table)
      .getAllByRole('row')
      .map((row) => row.textContent);
    expect(cells).toEqual(['SettingBeforeAfter', 'Display nameAnnAnna', 'Is enabledYesNo']);
  });

  it('asks for the changes of one thing alone, and for all again', async () => {
    const { bridge, user } = await renderAdmin('/admin/audit', { answers });
    await user.click(await screen.findByRole('row', { name: /User: Changed/ }));
    await user.click(screen.getByRole('button', { name: 'Only changes of this' }));
    await waitFor(() => expect(bridge.asked.at(-1)?.path).toBe('/admin/audit?kind=user&entityId=u2&limit=100'));
    await user.click(screen.getByRole('button', { name: 'Show all again: Of Anna' }));
    await waitFor(() => expect(bridge.asked.at(-1)?.path).toBe('/admin/audit?kind=user&limit=100'));
  });

  it('reads on where the bridge has more', async () => {
    const page = ({ path }: { path: string }) =>
      path.includes('cursor=next')
        ? { items: [entry('a0', { after: { displayName: 'Oldest' } })], nextCursor: null }
        : { items: entries, nextCursor: 'next' };
    const { user } = await renderAdmin('/admin/audit', { answers: { 'GET /admin/audit': page } });
    await user.click(await screen.findByRole('button', { name: 'Show more' }));
    expect(await screen.findByText('Oldest')).toBeTruthy();
    expect(screen.getByText('Germany')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull();
  });
});

describe('differenceOf', () => {
  it('names what was added, removed and changed, and leaves the bookkeeping out', () => {
    const before = {
      name: 'A',
      limits: { callsAtOnce: 1, callsPerMinute: 3 },
      groups: ['x'],
      revision: 1,
      updatedAtMs: 1,
    };
    const after = { name: 'A', limits: { callsAtOnce: 2 }, groups: ['x', 'y'], note: 'n', revision: 2, updatedAtMs: 2 };
    expect(differenceOf(before, after)).toEqual([
      { key: 'limits.callsAtOnce', before: 1, after: 2 },
      { key: 'limits.callsPerMinute', before: 3, after: undefined },
      { key: 'groups', before: ['x'], after: ['x', 'y'] },
      { key: 'note', before: undefined, after: 'n' },
    ]);
  });

  it('goes into lists of settings', () => {
    const windows = (from: string) => ({ when: { windows: [{ days: ['mon'], from }] } });
    expect(differenceOf(windows('08:00'), windows('09:00'))).toEqual([
      { key: 'when.windows.0.from', before: '08:00', after: '09:00' },
    ]);
  });

  it('shows all of what was made, and nothing where nothing is different', () => {
    expect(differenceOf(null, { name: 'A' })).toEqual([{ key: 'name', before: undefined, after: 'A' }]);
    expect(differenceOf({ a: [], b: null }, { a: [], b: null })).toEqual([]);
  });

  it('is said in words', () => {
    expect(describeKey('limits.maxDurationMs')).toBe('Limits › max duration');
    expect(describeKey('when.windows.0.from')).toBe('When › windows › 1 › from');
  });
});

describe('nameOfEntity', () => {
  const named = { entityId: 'u2', before: { displayName: 'Ann' }, after: { displayName: 'Anna' } };

  it('takes the newest name, the last one of what was deleted, and that of another change', () => {
    expect(nameOfEntity(named)).toBe('Anna');
    expect(nameOfEntity({ ...named, after: null })).toBe('Ann');
    const signedOut = { entityId: 'u2', before: null, after: null };
    expect(nameOfEntity(signedOut, [{ ...named, entityId: 'u3' }, signedOut])).toBe('u2');
    expect(nameOfEntity(signedOut, [signedOut, named])).toBe('Anna');
  });
});

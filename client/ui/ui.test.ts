import { describe, expect, it } from 'vitest';
import { FakeTimers } from '../state/testing/FakeTimers.ts';
import { initialsOf, tintOf } from './avatarTint.ts';
import { NoticeBoard } from './NoticeBoard.ts';

describe('an avatar', () => {
  it.each([
    ['Anna Bergström', 'AB'],
    ['Anna Maria von Berg', 'AB'],
    ['echo', 'E'],
    ['Front desk (night)', 'FN'],
    ['Élodie', 'É'],
    ['李 明', '李明'],
  ])('shows %s as %s', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });

  it('keeps its tint', () => {
    expect(tintOf('Anna')).toBe(tintOf('Anna'));
    expect(new Set(['Anna', 'Ben', 'Clara', 'David', 'Eve', 'Finn', 'Gus'].map(tintOf)).size).toBeGreaterThan(2);
  });
});

describe('NoticeBoard', () => {
  it('takes notices away after a while, and does not repeat itself', async () => {
    const timers = new FakeTimers();
    const board = new NoticeBoard(timers);
    board.post({ tone: 'plain', text: 'saved' });
    board.post({ tone: 'plain', text: 'saved' });
    expect(board.notices.get()).toHaveLength(1);
    await timers.advance(7_000);
    expect(board.notices.get()).toHaveLength(0);
  });

  it('shows no more than the three newest', () => {
    const board = new NoticeBoard(new FakeTimers());
    for (const text of ['1', '2', '3', '4']) board.post({ tone: 'plain', text });
    expect(board.notices.get().map(({ text }) => text)).toEqual(['2', '3', '4']);
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { type Rule, ruleSchema } from '../../../../shared/admin/index.ts';
import { ZoneClocks } from '../../../calendar/index.ts';
import { FakeClock } from '../../../observability/FakeClock.ts';
import { RecordingLogger } from '../../../observability/RecordingLogger.ts';
import { RuleBook } from './RuleBook.ts';

function rule(fields: object): Rule {
  return ruleSchema.parse({ action: 'allow', ...fields });
}

describe('RuleBook', () => {
  let stored: readonly Rule[];
  let isStoreDown: boolean;
  let clock: FakeClock;
  const logger = new RecordingLogger();
  const rules = {
    list: async () => {
      if (isStoreDown) throw new Error('store is down');
      return [...stored];
    },
  };
  const open = () => RuleBook.create({ rules, clocks: new ZoneClocks(), clock, logger, reloadIntervalMs: 500 });
  const ids = (book: RuleBook) => book.ordered.map((compiled) => compiled.rule.id as string);

  beforeEach(() => {
    stored = [];
    isStoreDown = false;
    clock = new FakeClock();
    logger.lines.length = 0;
  });

  it('puts rules in order, then by id', async () => {
    stored = [rule({ id: 'z', order: -1 }), rule({ id: 'b' }), rule({ id: 'a' }), rule({ id: 'c', order: 2 })];
    expect(ids(await open())).toEqual(['z', 'a', 'b', 'c']);
  });

  it('follows changes of the store, at once on reload and else at the interval', async () => {
    const book = await open();
    stored = [rule({ id: 'us' })];
    await clock.advanceAsync(499);
    expect(ids(book)).toEqual([]);
    await clock.advanceAsync(1);
    expect(ids(book)).toEqual(['us']);
    stored = [];
    await book.reload();
    expect(ids(book)).toEqual([]);
    book.close();
  });

  it('is made anew only where something has changed: ten thousand rules are read each second', async () => {
    stored = [rule({ id: 'us' })];
    const book = await open();
    const { index, ordered } = book;
    await clock.advanceAsync(5000);
    expect(book.index).toBe(index);
    expect(book.ordered).toBe(ordered);
    stored = [rule({ id: 'us', revision: 2 })];
    await clock.advanceAsync(500);
    expect(book.ordered[0]?.rule.revision).toBe(2);
    book.close();
  });

  it('makes only those rules anew that were changed', async () => {
    const [kept, changed] = [rule({ id: 'a' }), rule({ id: 'b' })];
    stored = [kept, changed];
    const book = await open();
    const [before] = book.ordered;
    stored = [kept, rule({ id: 'b', to: { prefix: '+49' } })];
    await book.reload();
    expect(book.ordered[0]).toBe(before);
    expect(book.ordered[1]?.prefixes?.longestOf('+4930')).toBe('+49');
    book.close();
  });

  it('keeps the last known rules while the store is down, warns once, and reads again afterwards', async () => {
    stored = [rule({ id: 'us' })];
    const book = await open();
    isStoreDown = true;
    await clock.advanceAsync(2000);
    expect(ids(book)).toEqual(['us']);
    expect(logger.lines.map((line) => line.level)).toEqual(['warn']);
    isStoreDown = false;
    stored = [];
    await clock.advanceAsync(500);
    expect(ids(book)).toEqual([]);
    book.close();
  });

  it('leaves no timer behind', async () => {
    const book = await open();
    expect(clock.pendingTimers).toBe(1);
    book.close();
    book.close();
    await clock.advanceAsync(5000);
    expect(clock.pendingTimers).toBe(0);
  });
});

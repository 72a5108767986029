import { describe, expect, it } from 'vitest';
import type { HistoryEntry } from '../../../shared/protocol/index.ts';
import { eventName } from './eventName.ts';
import { daysAgo, groupByDay } from './groupByDay.ts';

const at = (year: number, month: number, day: number, hour: number) =>
  ({ requestedAtMs: new Date(year, month - 1, day, hour).getTime() }) as HistoryEntry;

describe('groupByDay', () => {
  it('puts calls under their local days, in order', () => {
    const groups = groupByDay([at(2026, 3, 2, 23), at(2026, 3, 2, 0), at(2026, 3, 1, 23)]);
    expect(groups.map(({ entries }) => entries.length)).toEqual([2, 1]);
    expect(new Date(groups[1]?.dayMs ?? 0).getDate()).toBe(1);
  });
});

describe('daysAgo', () => {
  it('counts midnights, not hours', () => {
    const day = new Date(2026, 2, 1).getTime();
    expect(daysAgo(day, new Date(2026, 2, 1, 23, 59).getTime())).toBe(0);
    expect(daysAgo(day, new Date(2026, 2, 2, 0, 1).getTime())).toBe(1);
  });
});

describe('eventName', () => {
  it('writes the names of events as words', () => {
    expect(eventName('gatewayChosen')).toBe('Gateway chosen');
    expect(eventName('sip:183')).toBe('Sip 183');
  });
});

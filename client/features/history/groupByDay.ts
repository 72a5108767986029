import type { HistoryEntry } from '../../../shared/protocol/index.ts';

export interface DayGroup {
  /** Local midnight that begins the day, in milliseconds since the epoch. */
  readonly dayMs: number;
  readonly entries: readonly HistoryEntry[];
}

/** Calls, newest first, under their days by the person's own clock. */
export function groupByDay(entries: readonly HistoryEntry[]): readonly DayGroup[] {
  const days = new Map<number, HistoryEntry[]>();
  for (const entry of entries) {
    const dayMs = new Date(entry.requestedAtMs).setHours(0, 0, 0, 0);
    days.set(dayMs, [...(days.get(dayMs) ?? []), entry]);
  }
  return [...days].map(([dayMs, members]) => ({ dayMs, entries: members }));
}

/** How many midnights lie between: 0 for today, 1 for yesterday. Days of 23 and 25 hours count as days. */
export function daysAgo(dayMs: number, nowMs: number): number {
  return Math.round((new Date(nowMs).setHours(0, 0, 0, 0) - dayMs) / 86_400_000);
}

import type { Rule, TimeWindow, Weekday } from '../../shared/admin/index.ts';
import { dayMs, type ZoneClock, type ZoneClocks } from './ZoneClock.ts';

const weekdays: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const minuteMs = 60_000;
/** How far an opening is looked for, in milliseconds. */
const horizonMs = 400 * dayMs;

/** A window of one day, from its midnight on, by the clock on the wall: from (inclusive) and to (exclusive), which may be tomorrow or the midnight after it. */
interface DayWindow {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * The times at which a rule holds. The clock on the wall decides: an hour that doesn't exist opens and closes nothing, and one
 * that is twice is open twice. A window belongs to the day on which it opens, also past midnight.
 */
export class OpeningHours {
  readonly #clock: ZoneClock;
  /** By day of the week, Monday first. */
  readonly #windows: readonly (readonly DayWindow[])[];
  /** Days on which no window opens, counted from the epoch. */
  readonly #exceptDays: ReadonlySet<number>;

  constructor(when: NonNullable<Rule['when']>, clocks: ZoneClocks) {
    this.#clock = clocks.of(when.timeZone);
    this.#windows = weekdays.map((weekday) =>
      when.windows.filter(({ days }) => days.includes(weekday)).map((window) => toDayWindow(window)),
    );
    this.#exceptDays = new Set(when.exceptDates.map((date) => Date.parse(date) / dayMs));
  }

  isOpen(atMs: number): boolean {
    const wallMs = this.#clock.wallMs(atMs);
    const day = Math.floor(wallMs / dayMs);
    return [day - 1, day].some((opening) =>
      this.#windowsOn(opening).some(
        ({ fromMs, toMs }) => opening * dayMs + fromMs <= wallMs && wallMs < opening * dayMs + toMs,
      ),
    );
  }

  /** The first moment from `atMs` on at which it is open; null where that is not before `beforeMs`, by default a year or so. */
  nextOpening(atMs: number, beforeMs = atMs + horizonMs): number | null {
    for (const { fromMs, toMs, offsetMs } of this.#clock.stretches(atMs, beforeMs)) {
      const lastDay = Math.floor((toMs + offsetMs) / dayMs);
      for (let day = Math.floor((fromMs + offsetMs) / dayMs) - 1; day <= lastDay; day += 1) {
        const openings = this.#windowsOn(day)
          .map((window) => ({ startMs: Math.max(fromMs, day * dayMs + window.fromMs - offsetMs), window }))
          .filter(({ startMs, window }) => startMs < Math.min(toMs, day * dayMs + window.toMs - offsetMs))
          .map(({ startMs }) => startMs);
        if (openings.length > 0) return Math.min(...openings);
      }
    }
    return null;
  }

  /** Of the day of this number since the epoch. */
  #windowsOn(day: number): readonly DayWindow[] {
    // 1970-01-01 was a Thursday.
    return this.#exceptDays.has(day) ? [] : (this.#windows[(((day + 3) % 7) + 7) % 7] ?? []);
  }
}

function toDayWindow({ from, to }: TimeWindow): DayWindow {
  const fromMs = msOf(from);
  let toMs = msOf(to);
  // Twice from 24:00, which is the midnight that tomorrow begins with, to 00:00.
  while (toMs <= fromMs) toMs += dayMs;
  return { fromMs, toMs };
}

function msOf(timeOfDay: string): number {
  const [hours = 0, minutes = 0] = timeOfDay.split(':').map(Number);
  return (hours * 60 + minutes) * minuteMs;
}

import type { TFunction } from 'i18next';
import { type Rule, type TimeWindow, type Weekday, weekdaySchema } from '../../../shared/admin/index.ts';

/** Monday first. */
export const weekdays: readonly Weekday[] = weekdaySchema.options;

/** The short names of all days. */
export type DayNames = Readonly<Record<Weekday, string>>;

export function createDayNames(locale: string): DayNames {
  const format = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' });
  // 2024-01-01 was a Monday.
  const nameOf = (index: number) => format.format(new Date(Date.UTC(2024, 0, 1 + index)));
  return Object.fromEntries(weekdays.map((day, index) => [day, nameOf(index)])) as Record<Weekday, string>;
}

/** `Mon–Fri`, `Sat, Sun`, `every day`. */
export function describeDays(days: readonly Weekday[], t: TFunction, names: DayNames): string {
  if (weekdays.every((day) => days.includes(day))) return t('admin.hours.said.everyDay');
  const runs: Weekday[][] = [];
  for (const day of weekdays) {
    if (!days.includes(day)) continue;
    const run = runs.at(-1);
    const isNext = run?.at(-1) === weekdays[weekdays.indexOf(day) - 1];
    if (run && isNext) run.push(day);
    else runs.push([day]);
  }
  const name = (day: Weekday | undefined) => (day === undefined ? '' : names[day]);
  return runs
    .map((run) => (run.length > 2 ? `${name(run[0])}–${name(run.at(-1))}` : run.map(name).join(', ')))
    .join(', ');
}

function describeWindow(window: TimeWindow, t: TFunction, names: DayNames): string {
  const days = describeDays(window.days, t, names);
  if (window.from === '00:00' && window.to === '24:00') return t('admin.hours.said.allDay', { days });
  const values = { days, from: window.from, to: window.to };
  return window.to <= window.from ? t('admin.hours.said.overnight', values) : t('admin.hours.said.hours', values);
}

/** Tells hours as a person would say them: "Mon–Fri 08:00–18:00 (Europe/Berlin time), except on Dec 25, 2026". */
export type HoursTeller = (hours: NonNullable<Rule['when']>) => string;

/** Made once for a language: what formats costs more than all the rest. */
export function createHoursTeller(t: TFunction, locale: string): HoursTeller {
  const and = new Intl.ListFormat(locale, { type: 'conjunction' });
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  const names = createDayNames(locale);
  return ({ windows, timeZone, exceptDates }) => {
    const said = and.format(windows.map((window) => describeWindow(window, t, names)));
    const located = t('admin.hours.said.inZone', { windows: said, zone: timeZone.replaceAll('_', ' ') });
    const [day] = exceptDates;
    if (day === undefined) return located;
    const count = exceptDates.length;
    if (count > 1) return t('admin.hours.said.exceptMany', { windows: located, count });
    const read = new Date(day);
    // While it is written it may be no date yet.
    const shown = Number.isNaN(read.getTime()) ? day : date.format(read);
    return t('admin.hours.said.exceptOne', { windows: located, date: shown });
  };
}

import type { Rule, TimeWindow, Weekday } from '../../../shared/admin/index.ts';

type Hours = NonNullable<Rule['when']>;

/** One line of the hours. */
export interface WindowRow {
  /** For React alone. */
  readonly key: number;
  readonly days: readonly Weekday[];
  readonly from: string;
  readonly to: string;
}

/** Hours while they are written, by the paths of their settings below the setting `Path`. */
export type HoursFieldsAt<Path extends string> = Readonly<
  { hasHours: boolean } & Record<`${Path}.timeZone`, string> &
    Record<`${Path}.windows`, readonly WindowRow[]> &
    Record<`${Path}.exceptDates`, readonly string[]>
>;

const workingHours: Omit<WindowRow, 'key'> = {
  days: ['mon', 'tue', 'wed', 'thu', 'fri'],
  from: '08:00',
  to: '18:00',
};

/** Hours as fields. Where there are none (null), those that are offered begin in the time zone of the person. */
export function hoursFieldsOf<Path extends string>(path: Path, hours: Hours | null | undefined): HoursFieldsAt<Path> {
  const windows = hours?.windows.map((window, index): WindowRow => ({ key: index + 1, ...window }));
  return {
    hasHours: hours !== null && hours !== undefined,
    [`${path}.timeZone`]: hours?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    [`${path}.windows`]: windows ?? [{ key: 1, ...workingHours }],
    [`${path}.exceptDates`]: hours?.exceptDates ?? [],
  } as HoursFieldsAt<Path>;
}

/** What the fields say, for the schema to check; null: always. */
export function hoursInputOf<Path extends string>(path: Path, fields: HoursFieldsAt<Path>) {
  if (!fields.hasHours) return null;
  const all = fields as HoursFieldsAt<string>;
  const rows = all[`${path}.windows`] as readonly WindowRow[];
  return {
    timeZone: all[`${path}.timeZone`] as string,
    windows: rows.map(({ days, from, to }): TimeWindow => ({ days: [...days], from, to })),
    exceptDates: [...(all[`${path}.exceptDates`] as readonly string[])],
  };
}

/** With one more line of hours: at first the weekend, if nothing is said of it. */
export function addWindow(windows: readonly WindowRow[]): readonly WindowRow[] {
  const used = new Set(windows.flatMap(({ days }) => days));
  const key = Math.max(0, ...windows.map((window) => window.key)) + 1;
  const weekend = (['sat', 'sun'] as const).filter((day) => !used.has(day));
  return [...windows, { key, ...workingHours, ...(windows.length > 0 && weekend.length > 0 && { days: weekend }) }];
}

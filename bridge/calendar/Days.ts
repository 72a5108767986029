import type { UsageDay } from '../storage/index.ts';
import { dayMs, type ZoneClock, type ZoneClocks } from './ZoneClock.ts';

/** Shorter days than this there are none, but where a zone moves over the date line. */
const shortestDayMs = 23 * 3_600_000;

/** The days by which limits count, each known once: finding a border costs more than a decision. They have 23 or 25 hours at clock changes. */
export class Days {
  readonly #clocks: ZoneClocks;
  readonly #laterDays: number;
  /** By time zone, the day that was asked for last. */
  readonly #last = new Map<string, UsageDay>();

  /** `longestCallMs`: how far calls may run past the day on which they begin. */
  constructor(clocks: ZoneClocks, { longestCallMs = 0 }: { readonly longestCallMs?: number } = {}) {
    this.#clocks = clocks;
    this.#laterDays = Math.max(2, Math.ceil(longestCallMs / shortestDayMs));
  }

  /** The day in this time zone (IANA name) that the moment is in, and the ends of those after it. */
  dayOf(timeZone: string, atMs: number): UsageDay {
    const last = this.#last.get(timeZone);
    if (last && last.fromMs <= atMs && atMs < last.toMs) return last;
    const day = this.#findDay(this.#clocks.of(timeZone), atMs);
    this.#last.set(timeZone, day);
    return day;
  }

  #findDay(clock: ZoneClock, atMs: number): UsageDay {
    const midnight = Math.floor(clock.wallMs(atMs) / dayMs) * dayMs;
    const end = (later: number) => clock.firstMomentOf(midnight + (later + 1) * dayMs);
    return {
      fromMs: clock.firstMomentOf(midnight),
      toMs: end(0),
      laterEndsMs: Array.from({ length: this.#laterDays }, (_, index) => end(index + 1)),
    };
  }
}

import { dayMs, type ZoneClocks } from './ZoneClock.ts';

/** A calendar day, in milliseconds since the epoch: from (inclusive) and to (exclusive). 23 or 25 hours at a clock change. */
export interface Day {
  readonly fromMs: number;
  readonly toMs: number;
}

/** The days by which limits count, each known once: finding a border costs more than a decision. */
export class Days {
  readonly #clocks: ZoneClocks;
  /** By time zone, the day that was asked for last. */
  readonly #last = new Map<string, Day>();

  constructor(clocks: ZoneClocks) {
    this.#clocks = clocks;
  }

  /** The day in this time zone (IANA name) that the moment is in. */
  dayOf(timeZone: string, atMs: number): Day {
    const last = this.#last.get(timeZone);
    if (last && last.fromMs <= atMs && atMs < last.toMs) return last;
    const clock = this.#clocks.of(timeZone);
    const midnight = Math.floor(clock.wallMs(atMs) / dayMs) * dayMs;
    const day = { fromMs: clock.firstMomentOf(midnight), toMs: clock.firstMomentOf(midnight + dayMs) };
    this.#last.set(timeZone, day);
    return day;
  }
}

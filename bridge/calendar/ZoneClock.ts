export const dayMs = 86_400_000;
const minuteMs = 60_000;
/** No zone changed its clocks twice within so long. */
const stepMs = 12 * 3_600_000;

/** A stretch of time in which the zone's clocks run evenly. */
export interface EvenStretch {
  /** Milliseconds since the epoch: from (inclusive) and to (exclusive). */
  readonly fromMs: number;
  readonly toMs: number;
  /** Local time less UTC. */
  readonly offsetMs: number;
}

/**
 * The clock on the wall in one time zone (IANA name), by the time zone data of the runtime. Wall-clock times are written as the
 * milliseconds that they would be in UTC, so that days and times of day are got by dividing.
 */
export class ZoneClock {
  readonly #format: Intl.DateTimeFormat;
  #lastMinute = Number.NaN;
  #lastOffsetMs = 0;

  constructor(timeZone: string) {
    this.#format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
  }

  /** What the clock on the wall shows at `atMs` (milliseconds since the epoch). */
  wallMs(atMs: number): number {
    // Clocks are changed at whole minutes; a thousand rules of one zone look at the same moment.
    const minute = Math.floor(atMs / minuteMs);
    if (minute !== this.#lastMinute) {
      this.#lastOffsetMs = this.#offsetMs(minute * minuteMs);
      this.#lastMinute = minute;
    }
    return atMs + this.#lastOffsetMs;
  }

  /** The stretches between `fromMs` and `toMs`, in order; a long one may come in several. */
  *stretches(fromMs: number, toMs: number): Generator<EvenStretch> {
    let startMs = fromMs;
    let offsetMs = this.#offsetMs(startMs);
    while (startMs < toMs) {
      const nextMs = Math.min(startMs + stepMs, toMs);
      const nextOffsetMs = this.#offsetMs(nextMs);
      const endMs = nextOffsetMs === offsetMs ? nextMs : this.#changeBetween(startMs, nextMs, offsetMs);
      yield { fromMs: startMs, toMs: endMs, offsetMs };
      startMs = endMs;
      offsetMs = nextOffsetMs;
    }
  }

  /** The first moment at which the clock shows `wallMs` or later: where that hour doesn't exist, when it is skipped; of two, the first. */
  firstMomentOf(wallMs: number): number {
    // Zones are at most 15 hours from UTC.
    const [earliestMs, latestMs] = [wallMs - 15 * 3_600_000, wallMs + 15 * 3_600_000];
    for (const { fromMs, toMs, offsetMs } of this.stretches(earliestMs, latestMs)) {
      if (wallMs - offsetMs < toMs) return Math.max(fromMs, wallMs - offsetMs);
    }
    return latestMs;
  }

  /** The moment of the one change in between. */
  #changeBetween(beforeMs: number, afterMs: number, offsetMs: number): number {
    let [low, high] = [beforeMs, afterMs];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (this.#offsetMs(middle) === offsetMs) low = middle;
      else high = middle;
    }
    return high;
  }

  #offsetMs(atMs: number): number {
    const [month = 0, day = 0, year = 0, hour = 0, minute = 0, second = 0] =
      this.#format.format(atMs).match(/\d+/g)?.map(Number) ?? [];
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(atMs / 1000) * 1000;
  }
}

/** One clock per zone: making one costs more than asking it a thousand times. */
export class ZoneClocks {
  readonly #clocks = new Map<string, ZoneClock>();

  of(timeZone: string): ZoneClock {
    const known = this.#clocks.get(timeZone);
    if (known) return known;
    const clock = new ZoneClock(timeZone);
    this.#clocks.set(timeZone, clock);
    return clock;
  }
}

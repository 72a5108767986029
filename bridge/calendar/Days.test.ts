import { describe, expect, it } from 'vitest';
import { Days } from './Days.ts';
import { ZoneClocks } from './ZoneClock.ts';

function dayOf(timeZone: string, time: string) {
  const { fromMs, toMs } = new Days(new ZoneClocks()).dayOf(timeZone, Date.parse(time));
  return { from: new Date(fromMs).toISOString(), hours: (toMs - fromMs) / 3_600_000 };
}

describe('Days', () => {
  it.each([
    ['UTC', '2026-07-09T12:00:00Z', '2026-07-09T00:00:00.000Z', 24],
    ['Europe/Berlin', '2026-07-09T21:59:59.999Z', '2026-07-08T22:00:00.000Z', 24],
    ['Europe/Berlin', '2026-07-09T22:00:00.000Z', '2026-07-09T22:00:00.000Z', 24],
    ['Europe/Berlin', '2026-03-29T12:00:00Z', '2026-03-28T23:00:00.000Z', 23],
    ['Europe/Berlin', '2026-10-25T12:00:00Z', '2026-10-24T22:00:00.000Z', 25],
    ['America/New_York', '2026-03-08T12:00:00Z', '2026-03-08T05:00:00.000Z', 23],
    ['America/New_York', '2026-11-01T12:00:00Z', '2026-11-01T04:00:00.000Z', 25],
    ['Australia/Lord_Howe', '2026-04-04T20:00:00Z', '2026-04-04T13:00:00.000Z', 24.5],
    // The clocks of Santiago go forward at midnight: the day begins at 01:00.
    ['America/Santiago', '2026-09-06T12:00:00Z', '2026-09-06T04:00:00.000Z', 23],
    ['America/Santiago', '2026-04-04T12:00:00Z', '2026-04-04T03:00:00.000Z', 25],
    // Samoa went without the 30th of December 2011.
    ['Pacific/Apia', '2011-12-30T09:59:59Z', '2011-12-29T10:00:00.000Z', 24],
    ['Pacific/Apia', '2011-12-30T10:00:00Z', '2011-12-30T10:00:00.000Z', 24],
  ])('knows the day of %s at %s: from %s, %d hours', (timeZone, time, from, hours) =>
    expect(dayOf(timeZone, time)).toEqual({ from, hours }),
  );

  it('joins one day to the next without a gap, over a year with two clock changes', () => {
    const days = new Days(new ZoneClocks());
    let { toMs } = days.dayOf('Europe/Berlin', Date.parse('2026-01-01T12:00:00Z'));
    const lengths: number[] = [];
    for (let count = 0; count < 365; count += 1) {
      const next = days.dayOf('Europe/Berlin', toMs);
      expect(next.fromMs).toBe(toMs);
      lengths.push((next.toMs - next.fromMs) / 3_600_000);
      toMs = next.toMs;
    }
    expect(lengths.filter((hours) => hours !== 24)).toEqual([23, 25]);
  });

  it('names the ends of the days after it, for calls that go on', () => {
    const laterEnds = (longestCallMs?: number) =>
      new Days(new ZoneClocks(), longestCallMs === undefined ? {} : { longestCallMs })
        .dayOf('Europe/Berlin', Date.parse('2026-10-23T12:00:00Z'))
        .laterEndsMs?.map((ms) => new Date(ms).toISOString());
    expect(laterEnds()).toEqual(['2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z']);
    expect(laterEnds(46 * 3_600_000)).toHaveLength(2);
    expect(laterEnds(46 * 3_600_000 + 1)).toHaveLength(3);
  });

  it('keeps zones apart and follows time in both directions', () => {
    const days = new Days(new ZoneClocks());
    const noon = Date.parse('2026-07-09T12:00:00Z');
    const berlin = days.dayOf('Europe/Berlin', noon);
    expect(days.dayOf('UTC', noon)).not.toEqual(berlin);
    expect(days.dayOf('Europe/Berlin', noon + 86_400_000)).not.toEqual(berlin);
    expect(days.dayOf('Europe/Berlin', noon)).toEqual(berlin);
  });
});

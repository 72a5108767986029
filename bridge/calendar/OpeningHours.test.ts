import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ruleWhenSchema } from '../../shared/admin/index.ts';
import { OpeningHours } from './OpeningHours.ts';
import { ZoneClocks } from './ZoneClock.ts';

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;
const everyDay = [...weekdays, 'sat', 'sun'] as const;
const clocks = new ZoneClocks();

function hours(when: object): OpeningHours {
  return new OpeningHours(ruleWhenSchema.parse(when), clocks);
}

function isOpen(when: object, ...times: string[]): boolean[] {
  return times.map((time) => hours(when).isOpen(Date.parse(time)));
}

describe('OpeningHours', () => {
  const office = { timeZone: 'Europe/Berlin', windows: [{ days: [...weekdays], from: '08:30', to: '17:00' }] };

  it('opens with the first moment of a window and closes with the first after it', () => {
    // Thursday 2026-07-09; Berlin is two hours ahead.
    expect(
      isOpen(
        office,
        '2026-07-09T06:29:59.999Z',
        '2026-07-09T06:30:00.000Z',
        '2026-07-09T14:59:59.999Z',
        '2026-07-09T15:00:00.000Z',
      ),
    ).toEqual([false, true, true, false]);
  });

  it('goes by the clock on the wall, in summer and in winter', () => {
    expect(isOpen(office, '2026-01-08T06:30:00Z', '2026-01-08T07:30:00Z')).toEqual([false, true]);
  });

  it('keeps to its days of the week, also where UTC has another', () => {
    const tokyo = { timeZone: 'Asia/Tokyo', windows: [{ days: ['mon'], from: '00:00', to: '09:00' }] };
    // Monday 2026-07-06 begins in Tokyo on Sunday at 15:00 UTC.
    expect(isOpen(tokyo, '2026-07-05T14:59:59Z', '2026-07-05T15:00:00Z', '2026-07-05T23:59:59Z')).toEqual([
      false,
      true,
      true,
    ]);
    expect(isOpen(tokyo, '2026-07-06T00:00:00Z', '2026-07-06T15:00:00Z')).toEqual([false, false]);
  });

  it('takes a whole day up to the last moment before midnight', () => {
    const monday = { windows: [{ days: ['mon'] }] };
    expect(
      isOpen(
        monday,
        '2026-07-05T23:59:59.999Z',
        '2026-07-06T00:00:00.000Z',
        '2026-07-06T23:59:59.999Z',
        '2026-07-07T00:00:00.000Z',
      ),
    ).toEqual([false, true, true, false]);
  });

  describe('with a window over midnight', () => {
    const night = { timeZone: 'America/New_York', windows: [{ days: ['fri'], from: '22:00', to: '06:00' }] };

    it('belongs to the day on which it opens', () => {
      // Friday 2026-07-10, 22:00 in New York is 02:00 UTC on Saturday.
      expect(
        isOpen(
          night,
          '2026-07-11T01:59:59Z',
          '2026-07-11T02:00:00Z',
          '2026-07-11T04:00:00Z',
          '2026-07-11T09:59:59Z',
          '2026-07-11T10:00:00Z',
        ),
      ).toEqual([false, true, true, true, false]);
      // The night before, which opened on Thursday.
      expect(isOpen(night, '2026-07-10T05:00:00Z')).toEqual([false]);
    });

    it('stays open into a day that is excepted, and does not open on it', () => {
      const except = (date: string) => ({ ...night, exceptDates: [date] });
      expect(isOpen(except('2026-07-11'), '2026-07-11T09:59:59Z')).toEqual([true]);
      expect(isOpen(except('2026-07-10'), '2026-07-11T02:00:00Z', '2026-07-11T09:59:59Z')).toEqual([false, false]);
    });

    it('is a day long where it ends when it begins', () => {
      const day = { windows: [{ days: ['mon'], from: '08:00', to: '08:00' }] };
      expect(
        isOpen(day, '2026-07-06T07:59:59Z', '2026-07-06T08:00:00Z', '2026-07-07T07:59:59Z', '2026-07-07T08:00:00Z'),
      ).toEqual([false, true, true, false]);
    });

    it('begins with the next day where it is from 24:00 on', () => {
      const late = { windows: [{ days: ['mon'], from: '24:00', to: '01:00' }] };
      expect(
        isOpen(late, '2026-07-06T23:59:59Z', '2026-07-07T00:00:00Z', '2026-07-07T00:59:59Z', '2026-07-07T01:00:00Z'),
      ).toEqual([false, true, true, false]);
    });

    it.each(['00:00', '24:00'])('is the whole next day from 24:00 to %s', (to) => {
      const next = { windows: [{ days: ['mon'], from: '24:00', to }] };
      expect(
        isOpen(next, '2026-07-06T23:59:59Z', '2026-07-07T00:00:00Z', '2026-07-07T23:59:59Z', '2026-07-08T00:00:00Z'),
      ).toEqual([false, true, true, false]);
      expect(hours(next).nextOpening(Date.parse('2026-07-08T00:00:00Z'))).toBe(Date.parse('2026-07-14T00:00:00Z'));
    });
  });

  it('has no window on an excepted day, by the calendar of its zone', () => {
    const except = { ...office, exceptDates: ['2026-12-25'] };
    expect(isOpen(except, '2026-12-24T12:00:00Z', '2026-12-25T12:00:00Z', '2026-12-28T12:00:00Z')).toEqual([
      true,
      false,
      true,
    ]);
  });

  describe.each([
    // On 2026-03-29 at 01:00 UTC 02:00 becomes 03:00; on 2026-10-25 at 01:00 UTC 03:00 becomes 02:00.
    {
      timeZone: 'Europe/Berlin',
      skippedAt: '2026-03-29T01:00:00Z',
      repeatedAt: '2026-10-25T01:00:00Z',
      hour: '02',
      next: '03',
    },
    // On 2026-03-08 at 07:00 UTC 02:00 becomes 03:00; on 2026-11-01 at 06:00 UTC 02:00 becomes 01:00.
    {
      timeZone: 'America/New_York',
      skippedAt: '2026-03-08T07:00:00Z',
      repeatedAt: '2026-11-01T06:00:00Z',
      hour: '02',
      next: '03',
    },
  ])('when the clocks change in $timeZone', ({ timeZone, skippedAt, repeatedAt }) => {
    const at = (time: string, seconds: number) => new Date(Date.parse(time) + seconds * 1000).toISOString();
    const inHour = (from: string, to: string) => ({ timeZone, windows: [{ days: [...everyDay], from, to }] });
    const repeatedHour = timeZone === 'Europe/Berlin' ? ['02:00', '03:00'] : ['01:00', '02:00'];
    const [from = '', to = ''] = repeatedHour;

    it('does not open in the hour that does not exist', () => {
      expect(isOpen(inHour('02:00', '03:00'), at(skippedAt, -1), at(skippedAt, 0), at(skippedAt, 1))).toEqual([
        false,
        false,
        false,
      ]);
    });

    it('opens after the hour that does not exist where the window begins in it, and closes before it where it ends in it', () => {
      expect(isOpen(inHour('02:30', '04:00'), at(skippedAt, -1), at(skippedAt, 0))).toEqual([false, true]);
      expect(isOpen(inHour('01:00', '02:30'), at(skippedAt, -1), at(skippedAt, 0))).toEqual([true, false]);
    });

    it('is open twice in the hour that is twice', () => {
      const window = inHour(from, to);
      expect(
        isOpen(
          window,
          at(repeatedAt, -3601),
          at(repeatedAt, -3600),
          at(repeatedAt, -1),
          at(repeatedAt, 0),
          at(repeatedAt, 3599),
          at(repeatedAt, 3600),
        ),
      ).toEqual([false, true, true, true, true, false]);
    });

    it('closes and opens again where a window ends in the hour that is twice', () => {
      const window = inHour('00:00', from.replace(':00', ':30'));
      expect(
        isOpen(
          window,
          at(repeatedAt, -1801),
          at(repeatedAt, -1800),
          at(repeatedAt, -1),
          at(repeatedAt, 0),
          at(repeatedAt, 1800),
        ),
      ).toEqual([true, false, false, true, false]);
      expect(hours(window).nextOpening(Date.parse(repeatedAt) - 900_000)).toBe(Date.parse(repeatedAt));
    });

    it('says the next opening on either side', () => {
      const next = (when: object, time: string) => hours(when).nextOpening(Date.parse(time));
      expect(next(inHour('02:30', '04:00'), at(skippedAt, -7200))).toBe(Date.parse(skippedAt));
      // The hour of that day is skipped: the one of the next day is 24 hours after it would have been.
      expect(next(inHour('02:00', '03:00'), at(skippedAt, -10))).toBe(Date.parse(skippedAt) + 23 * 3_600_000);
      expect(next(inHour(from, to), at(repeatedAt, -7200))).toBe(Date.parse(repeatedAt) - 3_600_000);
    });
  });

  describe('nextOpening', () => {
    const next = (when: object, time: string) => {
      const openingMs = hours(when).nextOpening(Date.parse(time));
      return openingMs === null ? null : new Date(openingMs).toISOString();
    };

    it('is the next window, over the weekend and past a holiday', () => {
      expect(next(office, '2026-07-10T15:00:00Z')).toBe('2026-07-13T06:30:00.000Z');
      expect(next({ ...office, exceptDates: ['2026-07-13'] }, '2026-07-10T15:00:00Z')).toBe('2026-07-14T06:30:00.000Z');
    });

    it('is now while it is open', () => expect(next(office, '2026-07-10T08:00:00Z')).toBe('2026-07-10T08:00:00.000Z'));

    it('is the first of several windows', () => {
      const twice = {
        windows: [
          { days: ['sun'], from: '20:00' },
          { days: ['sun'], from: '09:00', to: '10:00' },
        ],
      };
      expect(next(twice, '2026-07-10T15:00:00Z')).toBe('2026-07-12T09:00:00.000Z');
      expect(next(twice, '2026-07-12T10:00:00Z')).toBe('2026-07-12T20:00:00.000Z');
    });

    it('is unknown where no window opens for a year', () => {
      const never = { windows: [{ days: ['mon'] }], exceptDates: [] as string[] };
      for (let day = Date.parse('2026-07-13'); never.exceptDates.length < 70; day += 7 * 86_400_000)
        never.exceptDates.push(new Date(day).toISOString().slice(0, 10));
      expect(next(never, '2026-07-08T15:00:00Z')).toBeNull();
    });
  });

  it('opens exactly when it says, for any hours in any zone', () => {
    const time = fc.integer({ min: 0, max: 24 * 4 }).map((quarters) => {
      return `${String(Math.floor(quarters / 4)).padStart(2, '0')}:${String((quarters % 4) * 15).padStart(2, '0')}`;
    });
    const window = fc.record({ days: fc.subarray([...everyDay], { minLength: 1 }), from: time, to: time });
    const zone = fc.constantFrom(
      'UTC',
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
      'America/Santiago',
    );
    const year = { min: Date.parse('2026-01-01'), max: Date.parse('2027-01-01') };
    fc.assert(
      fc.property(
        fc.array(window, { minLength: 1, maxLength: 3 }),
        zone,
        fc.integer(year),
        (windows, timeZone, atMs) => {
          const tested = hours({ timeZone, windows });
          const openingMs = tested.nextOpening(atMs);
          if (openingMs === null) throw new Error('each of these opens once a week');
          if (tested.isOpen(atMs)) expect(openingMs).toBe(atMs);
          else expect(tested.isOpen(openingMs - 1)).toBe(false);
          expect(tested.isOpen(openingMs)).toBe(true);
          for (let ms = atMs; ms < openingMs; ms += 7 * 60_000) expect(tested.isOpen(ms)).toBe(false);
        },
      ),
      { numRuns: 200 },
    );
  });
});

import { expect, it } from 'vitest';
import { addWindow, hoursFieldsOf, hoursInputOf } from './index.ts';
import { tidyTime } from './tidyTime.ts';

const weekend = {
  timeZone: 'Europe/Berlin',
  windows: [{ days: ['sat', 'sun'], from: '10:00', to: '24:00' }],
  exceptDates: ['2026-12-26'],
} as const;

it('gives back the hours that it made fields of', () => {
  const hours = {
    ...weekend,
    windows: [{ ...weekend.windows[0], days: [...weekend.windows[0].days] }],
    exceptDates: [...weekend.exceptDates],
  };
  expect(hoursInputOf('hours', hoursFieldsOf('hours', hours))).toEqual(weekend);
});

it('offers working hours where there are none, and says none until they are switched on', () => {
  const fields = hoursFieldsOf('when', null);
  expect(hoursInputOf('when', fields)).toBeNull();
  expect(hoursInputOf('when', { ...fields, hasHours: true })?.windows).toHaveLength(1);
});

it('adds the weekend after the working days, under a key of its own', () => {
  const [first, second, third] = addWindow(addWindow(hoursFieldsOf('when', null)['when.windows']));
  expect(first?.days).toHaveLength(5);
  expect(second?.days).toEqual(['sat', 'sun']);
  expect(new Set([first?.key, second?.key, third?.key]).size).toBe(3);
});

it.each([
  ['8', '08:00'],
  ['8:30', '08:30'],
  ['0830', '08:30'],
  ['8.30', '08:30'],
  [' 18h15 ', '18:15'],
  ['24', '24:00'],
  ['25', '25'],
  ['8:75', '8:75'],
  ['noon', 'noon'],
  ['', ''],
])('takes %j as the time %j', (text, time) => {
  expect(tidyTime(text)).toBe(time);
});

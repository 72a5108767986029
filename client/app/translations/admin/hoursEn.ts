/** Words of hours, wherever something holds at certain times only. */
export const hoursEn = {
  hours: {
    title: 'When',
    hasHours: 'Only at certain hours',
    hasHoursHint: 'Off: always.',
    timeZone: 'Time zone',
    window: 'Hours {{place}}',
    days: 'Days',
    from: 'From',
    to: 'Until',
    toNextDay: 'Until the next day.',
    addWindow: 'Add hours',
    removeWindow: 'Remove hours {{place}}',
    exceptDates: 'Not on these dates',
    exceptDatesHint: 'Holidays, as 2026-12-25.',
    exceptDatesPlaceholder: '2026-12-25',
    said: {
      everyDay: 'every day',
      hours: '{{days}} {{from}}–{{to}}',
      overnight: '{{days}} {{from}}–{{to}} the next day',
      allDay: '{{days}} all day',
      inZone: '{{windows}} ({{zone}} time)',
      exceptOne: '{{windows}}, except on {{date}}',
      exceptMany: '{{windows}}, except on {{count}} dates',
    },
  },
} as const;

export { Days } from './Days.ts';
export { OpeningHours } from './OpeningHours.ts';
export { ZoneClocks } from './ZoneClock.ts';

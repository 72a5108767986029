export { createHoursTeller, type HoursTeller } from './describeWhen.ts';
export { HoursFields } from './HoursFields.tsx';
export { addWindow, type HoursFieldsAt, hoursFieldsOf, hoursInputOf } from './hoursFields.ts';

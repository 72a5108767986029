export { CallTraffic } from './CallTraffic.ts';
export { DisplayUnit } from './DisplayUnit.ts';

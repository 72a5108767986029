export { CallTraces } from './CallTraces.ts';

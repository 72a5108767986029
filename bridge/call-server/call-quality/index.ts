export { CallQualities } from './CallQualities.ts';

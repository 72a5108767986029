export { MediaChecks } from './MediaChecks.ts';

export { mediaWatcher } from './MediaWatch.ts';

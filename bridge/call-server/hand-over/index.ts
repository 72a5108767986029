export { HandOver, type HandOverDeps } from './HandOver.ts';

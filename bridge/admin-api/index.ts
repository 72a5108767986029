export { createHttpApp } from './createHttpApp.ts';
export type { ContactBook, HistoryReader, HttpAppDeps, Readiness } from './HttpAppDeps.ts';

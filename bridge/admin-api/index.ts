export { createHttpApp } from './createHttpApp.ts';
export { createHttpServer } from './createHttpServer.ts';
export type { ContactBook, HistoryReader, HttpAppDeps, Readiness } from './HttpAppDeps.ts';

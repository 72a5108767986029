// `FakeClock.ts` and `RecordingLogger.ts` are for tests, which import them by their own path.
export type { Clock, Timer } from './Clock.ts';
export { createLogger, type LoggerOptions } from './createLogger.ts';
export { drop } from './drop.ts';
export type { LogFields, Logger, LogLevel } from './Logger.ts';
export { systemClock } from './systemClock.ts';

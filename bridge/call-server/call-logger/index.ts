export { CallHistory, type CallHistoryDeps } from './CallHistory.ts';
export { type CallEventDetails, CallLogger, type CallLoggerDeps, type CallLoggerEvents } from './CallLogger.ts';
export { Retention, type RetentionOptions } from './Retention.ts';

export { CallHistory, type CallHistoryDeps } from './CallHistory.ts';
export {
  type CallEventDetails,
  CallLogger,
  type CallLoggerDeps,
  type CallLoggerEvents,
  type EndedCall,
} from './CallLogger.ts';
export { keptSeenMarkSchema, MissedCalls } from './MissedCalls.ts';
export { Retention, type RetentionOptions } from './Retention.ts';
export { StaleCalls } from './StaleCalls.ts';
export { WriteQueue } from './WriteQueue.ts';

export { DatabaseThread } from './DatabaseThread.ts';
export { type DataDirLock, lockDataDir } from './lockDataDir.ts';
export { SqliteAuditStore } from './SqliteAuditStore.ts';
export { SqliteCallRecordStore } from './SqliteCallRecordStore.ts';
export { SqliteUsageStore } from './SqliteUsageStore.ts';

export { SqliteCallRecordStore } from './call-records/SqliteCallRecordStore.ts';
export { SqliteCallTraceStore } from './call-records/SqliteCallTraceStore.ts';
export { DatabaseThread } from './DatabaseThread.ts';
export { type DataDirLock, lockDataDir } from './lockDataDir.ts';
export { SqliteAuditStore } from './SqliteAuditStore.ts';
export { SqliteDialogStore } from './SqliteDialogStore.ts';
export { SqliteUsageStore } from './SqliteUsageStore.ts';
export { SqliteWebhookDeliveryStore } from './SqliteWebhookDeliveryStore.ts';

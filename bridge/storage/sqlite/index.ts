export { type DataDirLock, lockDataDir } from './lockDataDir.ts';
export { SqliteCallRecordStore } from './SqliteCallRecordStore.ts';

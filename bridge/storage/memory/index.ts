export { MemoryActiveCallStore } from './MemoryActiveCallStore.ts';
export { MemoryCollection } from './MemoryCollection.ts';
export { MemoryUsageStore } from './MemoryUsageStore.ts';

export { MemoryActiveCallStore } from './MemoryActiveCallStore.ts';
export { MemoryCollection } from './MemoryCollection.ts';

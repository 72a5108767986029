import { describeActiveCallStore } from '../contracts/activeCallContract.ts';
import { describeCollection, type Fruit } from '../contracts/collectionContract.ts';
import { describeUsageStore } from '../contracts/usageContract.ts';
import { MemoryActiveCallStore, MemoryCollection, MemoryUsageStore } from './index.ts';

describeCollection('MemoryCollection', async () => new MemoryCollection<Fruit>());
describeActiveCallStore('MemoryActiveCallStore', async () => new MemoryActiveCallStore());
describeUsageStore('MemoryUsageStore', async () => new MemoryUsageStore());

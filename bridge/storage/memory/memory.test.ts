import { describeActiveCallStore } from '../contracts/activeCallContract.ts';
import { describeCollection, type Fruit } from '../contracts/collectionContract.ts';
import { MemoryActiveCallStore, MemoryCollection } from './index.ts';

describeCollection('MemoryCollection', async () => new MemoryCollection<Fruit>());
describeActiveCallStore('MemoryActiveCallStore', async () => new MemoryActiveCallStore());

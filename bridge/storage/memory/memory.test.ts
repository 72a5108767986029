import { describeActiveCallStore } from '../contracts/activeCallContract.ts';
import { describeAuditStore } from '../contracts/auditContract.ts';
import { describeCollection } from '../contracts/collectionContract.ts';
import { describeDialogStore } from '../contracts/dialogContract.ts';
import type { Fruit } from '../contracts/fruit.ts';
import { describeGatewayLoadStore } from '../contracts/gatewayLoadContract.ts';
import { describeUsageStore } from '../contracts/usageContract.ts';
import { describeWebhookDeliveryStore } from '../contracts/webhookDeliveryContract.ts';
import {
  MemoryActiveCallStore,
  MemoryAuditStore,
  MemoryCollection,
  MemoryDialogStore,
  MemoryGatewayLoadStore,
  MemoryUsageStore,
  MemoryWebhookDeliveryStore,
} from './index.ts';

describeCollection('MemoryCollection', async () => new MemoryCollection<Fruit>());
describeActiveCallStore('MemoryActiveCallStore', async () => new MemoryActiveCallStore());
describeUsageStore('MemoryUsageStore', async () => new MemoryUsageStore());
describeAuditStore('MemoryAuditStore', async () => new MemoryAuditStore());
describeDialogStore('MemoryDialogStore', async () => new MemoryDialogStore());
describeGatewayLoadStore('MemoryGatewayLoadStore', async () => new MemoryGatewayLoadStore());
describeWebhookDeliveryStore('MemoryWebhookDeliveryStore', async () => new MemoryWebhookDeliveryStore());

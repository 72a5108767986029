export { MemoryActiveCallStore } from './MemoryActiveCallStore.ts';
export { MemoryAuditStore } from './MemoryAuditStore.ts';
export { MemoryCollection } from './MemoryCollection.ts';
export { MemoryDialogStore } from './MemoryDialogStore.ts';
export { MemoryGatewayLoadStore } from './MemoryGatewayLoadStore.ts';
export { MemoryUsageStore } from './MemoryUsageStore.ts';
export { MemoryWebhookDeliveryStore } from './MemoryWebhookDeliveryStore.ts';

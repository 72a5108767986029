export { CollectionMirror, type CollectionMirrorDeps } from './CollectionMirror.ts';
export { type CollectionOptions, createStorage, type Storage, type StorageOptions } from './createStorage.ts';
export type { Secrets } from './files/index.ts';
export {
  MemoryActiveCallStore,
  MemoryAuditStore,
  MemoryCollection,
  MemoryDialogStore,
  MemoryGatewayLoadStore,
  MemoryUsageStore,
} from './memory/index.ts';
export type { ActiveCall, ActiveCallChanges, ActiveCallMos, ActiveCallStore } from './ports/ActiveCallStore.ts';
export type { AddressBookStore } from './ports/AddressBookStore.ts';
export type { AuditFilter, AuditPage, AuditStore } from './ports/AuditStore.ts';
export type {
  CallClosing,
  CallEventRecord,
  CallOpening,
  CallParticipant,
  CallProgress,
  CallRecord,
  CallRecordPage,
  CallRecordStore,
  CallSearch,
  CallSearchPage,
} from './ports/CallRecordStore.ts';
export type { CallTracePart, CallTraceStore } from './ports/CallTraceStore.ts';
export type { Collection, Entity } from './ports/Collection.ts';
export type { DialogStore, KeptDialog } from './ports/DialogStore.ts';
export type { GatewayClaim, GatewayLoadStore } from './ports/GatewayLoadStore.ts';
export type {
  MeterUse,
  UsageClaim,
  UsageDay,
  UsageExhaustion,
  UsageLimitName,
  UsagePrice,
  UsageRefusal,
  UsageRequest,
  UsageStore,
} from './ports/UsageStore.ts';
export type {
  KeptWebhookDelivery,
  NewWebhookDelivery,
  WebhookAttemptResult,
  WebhookDeliveryFilter,
  WebhookDeliveryStore,
} from './ports/WebhookDeliveryStore.ts';
export { StorageError, type StorageErrorCode } from './StorageError.ts';
export { costBefore } from './usage/index.ts';

import type { AuditEntry } from '../../../shared/admin/index.ts';
import type { CallId, CallServerId, UserId } from '../../../shared/domain/index.ts';
import type { AuditFilter } from '../ports/AuditStore.ts';
import type { CallClosing, CallEventRecord, CallOpening, CallProgress, CallSearch } from '../ports/CallRecordStore.ts';
import type { CallTracePart } from '../ports/CallTraceStore.ts';
import type { KeptDialog } from '../ports/DialogStore.ts';
import type {
  NewWebhookDelivery,
  WebhookAttemptResult,
  WebhookClaim,
  WebhookDeliveryFilter,
} from '../ports/WebhookDeliveryStore.ts';
import type { StorageErrorCode } from '../StorageError.ts';
import type { MeterSlice } from '../usage/index.ts';

export type CallRecordWrite =
  | { readonly kind: 'open'; readonly opening: CallOpening }
  | { readonly kind: 'progress'; readonly callId: CallId; readonly progress: CallProgress }
  | { readonly kind: 'close'; readonly callId: CallId; readonly closing: CallClosing }
  | { readonly kind: 'told'; readonly callId: CallId }
  /** `isLate`: also of a call whose record is closed. */
  | { readonly kind: 'event'; readonly event: CallEventRecord; readonly isLate?: boolean };

export type UsageWrite =
  /** Each in the place of what was saved of that slice. */
  | { readonly kind: 'saveUsage'; readonly slices: readonly MeterSlice[] }
  | { readonly kind: 'forgetUsage'; readonly beforeMs: number };

export interface AuditWrite {
  readonly kind: 'appendAudit';
  readonly entry: AuditEntry;
}

export type DialogWrite =
  | { readonly kind: 'keepDialog'; readonly dialog: KeptDialog }
  | { readonly kind: 'forgetDialog'; readonly id: string };

/** A part of the trace of a call, whether it is up or over. */
export interface TraceWrite {
  readonly kind: 'appendTrace';
  readonly callId: CallId;
  readonly part: CallTracePart;
}

export type WebhookWrite =
  | { readonly kind: 'recordWebhookAttempt'; readonly id: string; readonly result: WebhookAttemptResult }
  | { readonly kind: 'releaseWebhooks'; readonly callServerId: CallServerId }
  | { readonly kind: 'forgetWebhook'; readonly webhookId: string };

/** A write, as it travels to the thread that owns the database. */
export type Write = CallRecordWrite | TraceWrite | UsageWrite | AuditWrite | DialogWrite | WebhookWrite;

export type CallRecordQuery =
  | { readonly kind: 'get'; readonly callId: CallId }
  | { readonly kind: 'events'; readonly callId: CallId }
  | { readonly kind: 'pageByUser'; readonly userId: UserId; readonly before: string | null; readonly limit: number }
  | {
      readonly kind: 'searchCalls';
      readonly search: CallSearch;
      readonly before: string | null;
      readonly limit: number;
    }
  | { readonly kind: 'anonymiseCalls' | 'forgetCalls'; readonly beforeMs: number; readonly limit: number }
  | { readonly kind: 'closeInterrupted' | 'untoldCalls'; readonly callServerId: CallServerId };

export type TraceQuery =
  | { readonly kind: 'getTrace'; readonly callId: CallId }
  | { readonly kind: 'forgetTraces'; readonly beforeMs: number; readonly limit: number };

export interface UsageQuery {
  readonly kind: 'loadUsage';
  readonly fromMs: number;
}

/** All slices; in columns, which are cheaper to hand over than as many objects. */
export interface LoadedUsage {
  readonly meterIds: readonly string[];
  /** Of each slice `fromMs`, `talkMs` and `costMicros`. */
  readonly numbers: Float64Array;
}

export interface AuditQuery {
  readonly kind: 'auditPage';
  readonly filter: AuditFilter;
  readonly before: string | null;
  readonly limit: number;
}

export interface DialogQuery {
  readonly kind: 'listDialogs';
  readonly callServerId: CallServerId;
}

export type WebhookQuery =
  /** Durable when it is answered, and so is a claim. */
  | {
      readonly kind: 'addWebhookDeliveries';
      readonly deliveries: readonly NewWebhookDelivery[];
      readonly mostWaiting: number;
    }
  | { readonly kind: 'claimWebhookDeliveries'; readonly claim: WebhookClaim }
  | { readonly kind: 'getWebhookDelivery'; readonly id: string }
  | {
      readonly kind: 'webhookPage';
      readonly filter: WebhookDeliveryFilter;
      readonly before: string | null;
      readonly limit: number;
    }
  | { readonly kind: 'countWaitingWebhooks' }
  | { readonly kind: 'hasWebhookDelivered'; readonly webhookId: string; readonly sinceMs: number }
  | { readonly kind: 'forgetWebhookDeliveries'; readonly beforeMs: number; readonly limit: number };

/** Entries as JSON: who asked for them reads them, since the thread that has the schemas loaded is that of the signalling. */
export interface StoredAuditPage {
  readonly entries: readonly string[];
  readonly nextCursor: string | null;
}

/** As the table has it: who asked reads it, as with the audit log. */
export type StoredWebhookRow = Readonly<Record<string, unknown>>;

export interface StoredWebhookPage {
  readonly rows: readonly StoredWebhookRow[];
  readonly nextCursor: string | null;
}

export type Query = CallRecordQuery | TraceQuery | UsageQuery | AuditQuery | DialogQuery | WebhookQuery;

/** To the thread. Everything of one message comes after everything of the messages before. */
export type ToDatabaseThread =
  /** A list of `Write`, numbered from `first` on, without a gap over all messages. */
  | { readonly kind: 'writes'; readonly first: number; readonly json: string }
  | { readonly kind: 'query'; readonly id: number; readonly query: Query }
  | { readonly kind: 'close' };

export interface WireFailure {
  readonly code: StorageErrorCode;
  readonly message: string;
}

/** From the thread. */
export type FromDatabaseThread =
  | { readonly kind: 'ready' }
  /** The database could not be opened. */
  | { readonly kind: 'unusable'; readonly failure: WireFailure }
  /** All writes up to `last` are settled: durable, but for those listed by their number. */
  | { readonly kind: 'settled'; readonly last: number; readonly failures: ReadonlyMap<number, WireFailure> }
  | { readonly kind: 'answer'; readonly id: number; readonly result: unknown }
  | { readonly kind: 'refusal'; readonly id: number; readonly failure: WireFailure };

export interface DatabaseOptions {
  readonly path: string;
  /** Writes beyond this size of the database fail; absent: as far as the disk goes. */
  readonly maxBytes?: number;
}

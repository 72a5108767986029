import type { CallId, CallServerId, UserId } from '../../../shared/domain/index.ts';
import type { CallClosing, CallEventRecord, CallOpening, CallProgress } from '../ports/CallRecordStore.ts';
import type { StorageErrorCode } from '../StorageError.ts';

/** A write, as it travels to the thread that owns the database. */
export type Write =
  | { readonly kind: 'open'; readonly opening: CallOpening }
  | { readonly kind: 'progress'; readonly callId: CallId; readonly progress: CallProgress }
  | { readonly kind: 'close'; readonly callId: CallId; readonly closing: CallClosing }
  | { readonly kind: 'event'; readonly event: CallEventRecord };

export type Query =
  | { readonly kind: 'get'; readonly callId: CallId }
  | { readonly kind: 'events'; readonly callId: CallId }
  | { readonly kind: 'pageByUser'; readonly userId: UserId; readonly before: string | null; readonly limit: number }
  | { readonly kind: 'closeInterrupted'; readonly callServerId: CallServerId };

/** To the thread. Everything of one message comes after everything of the messages before. */
export type ToRecordThread =
  /** A list of `Write`, numbered from `first` on, without a gap over all messages. */
  | { readonly kind: 'writes'; readonly first: number; readonly json: string }
  | { readonly kind: 'query'; readonly id: number; readonly query: Query }
  | { readonly kind: 'close' };

export interface WireFailure {
  readonly code: StorageErrorCode;
  readonly message: string;
}

/** From the thread. */
export type FromRecordThread =
  | { readonly kind: 'ready' }
  /** The database could not be opened. */
  | { readonly kind: 'unusable'; readonly failure: WireFailure }
  /** All writes up to `last` are settled: durable, but for those listed by their number. */
  | { readonly kind: 'settled'; readonly last: number; readonly failures: ReadonlyMap<number, WireFailure> }
  | { readonly kind: 'answer'; readonly id: number; readonly result: unknown }
  | { readonly kind: 'refusal'; readonly id: number; readonly failure: WireFailure };

export interface RecordThreadOptions {
  readonly path: string;
  /** Writes beyond this size of the database fail; absent: as far as the disk goes. */
  readonly maxBytes?: number;
}

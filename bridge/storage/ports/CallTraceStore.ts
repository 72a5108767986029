import type { CallSipMessage, CallTrace, QualityPoint } from '../../../shared/admin/index.ts';
import type { CallId } from '../../../shared/domain/index.ts';

/** What became known of a call in detail since the part before. */
export interface CallTracePart {
  readonly messages?: readonly CallSipMessage[];
  /** Messages between those of the parts before and those of this one that are kept nowhere. */
  readonly omittedMessages?: number;
  readonly quality?: readonly QualityPoint[];
}

/**
 * What is of interest of a call for some time only, and of one call at a time: its SIP messages, and how its audio was. It goes with the
 * call's record, and is anonymised with it (`CallRecordStore.anonymise`: numbers and names in messages). How much there is of a call
 * is for the writer to bound. Writes resolve when they would survive `kill -9`.
 */
export interface CallTraceStore {
  /** Adds to what is there, whether the call is up or over. Rejects with `unknownCall` when it has no record. */
  append(callId: CallId, part: CallTracePart): Promise<void>;
  /** All of it, in the order of time; empty where there is nothing. */
  get(callId: CallId): Promise<CallTrace>;
  /** Forgets parts of calls requested before this time, at most `limit` of them; resolves with how many it were. */
  forget(beforeMs: number, limit: number): Promise<number>;
}

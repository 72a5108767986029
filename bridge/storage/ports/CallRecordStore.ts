import type {
  BrandId,
  CallId,
  CallOutcome,
  CallServerId,
  CallState,
  CodecName,
  DeviceId,
  DisconnectedBy,
  GatewayId,
  MediaWay,
  UserId,
} from '../../../shared/domain/index.ts';
import type { UsagePrice } from './UsageStore.ts';

/** Somebody in whose history a call is: who dialled it, or whose devices it rang. */
export interface CallParticipant {
  readonly userId: UserId;
  /** What others are told of who took the call; null: not told. */
  readonly displayName: string | null;
  /** Who calls, by the person's own address book, else as the network told it; null: not known. */
  readonly callingName: string | null;
  /** Of an incoming call; null: neither yet. Who has done neither when it ends has missed it. */
  readonly answer: 'taken' | 'declined' | null;
}

/** What is known of a call when it is requested. */
export interface CallOpening {
  readonly callId: CallId;
  readonly callServerId: CallServerId;
  readonly brandId: BrandId;
  /** Who dialled; null: an incoming call, which nobody has taken yet. */
  readonly userId: UserId | null;
  readonly deviceId: DeviceId | null;
  readonly direction: 'outgoing' | 'incoming';
  readonly callingNumber: string | null;
  /** Of an incoming call, as the network told it. */
  readonly callingName: string | null;
  /** E.164, or as written where it could not be read. */
  readonly calledNumber: string;
  readonly calledName: string | null;
  /** Milliseconds since the epoch. */
  readonly requestedAtMs: number;
}

/** What is added while the call goes on, and at its end. */
export interface CallProgress {
  readonly gatewayId?: GatewayId;
  /** Why this gateway: the steps of the selection with what each dropped (JSON). */
  readonly gatewayChoice?: unknown;
  readonly codec?: CodecName;
  /** What it is charged by, where anything is. */
  readonly price?: UsagePrice;
  /** Which way the audio goes; the last that is told stays. */
  readonly mediaWay?: MediaWay;
  readonly answeredAtMs?: number;
  /** Who took an incoming call, and on which device. */
  readonly userId?: UserId;
  readonly deviceId?: DeviceId;
  /** An incoming call goes on to this telephone (E.164), and through this gateway. */
  readonly forwardedTo?: string;
  readonly forwardGatewayId?: GatewayId;
  /** The person passed the call on to this number (E.164 where it could be read). */
  readonly transferredTo?: string;
  /** Whose history it is in as well. Those who are there already get what is not null here. */
  readonly participants?: readonly CallParticipant[];
}

export interface CallClosing {
  readonly endedAtMs: number;
  readonly outcome: CallOutcome;
  readonly disconnectedBy: DisconnectedBy;
  readonly sipStatus: number | null;
  /** Cause by ITU-T Q.850. null: of records that were closed before every end had one. */
  readonly q850: number | null;
  /** Code of the error for `refused`, `unreachable`, `failed`. */
  readonly errorCode: string | null;
  /** Milliseconds from the request to the first ringing or early media; null when there was none. */
  readonly postDialDelayMs: number | null;
}

export interface CallEventRecord {
  readonly callId: CallId;
  /** Milliseconds since the epoch, with fractions. */
  readonly atMs: number;
  /** Past tense, e.g. `authorized`, `gatewayTried`, `ringing`, `established`, `disconnected`. */
  readonly type: string;
  readonly state: CallState | null;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** A call detail record: one per call, from its request on. */
export interface CallRecord extends CallOpening {
  /** Of an incoming call the one that it came from. */
  readonly gatewayId: GatewayId | null;
  readonly forwardedTo: string | null;
  readonly forwardGatewayId: GatewayId | null;
  readonly transferredTo: string | null;
  readonly participants: readonly CallParticipant[];
  readonly gatewayChoice: unknown;
  /** null: nothing is charged. */
  readonly price: UsagePrice | null;
  readonly codec: CodecName | null;
  /** null: before the audio had one. */
  readonly mediaWay: MediaWay | null;
  readonly answeredAtMs: number | null;
  /** Numbers and names were taken out (`anonymise`). */
  readonly isAnonymous: boolean;
  /** Null while the call is up. */
  readonly closing: CallClosing | null;
}

export interface CallRecordPage {
  readonly records: readonly CallRecord[];
  readonly nextCursor: string | null;
}

/** Which calls are looked for. What is absent doesn't matter; of what is there everything must be true. */
export interface CallSearch {
  /** Requested at this time or later, in milliseconds since the epoch. */
  readonly fromMs?: number;
  /** Requested before this time. */
  readonly untilMs?: number;
  /** In this person's history. */
  readonly userId?: UserId;
  readonly brandId?: BrandId;
  readonly gatewayId?: GatewayId;
  readonly direction?: CallRecord['direction'];
  /** Ended in one of these ways; calls that are up aren't among them. */
  readonly outcomes?: readonly CallOutcome[];
  /** One of the two numbers: as it is, beginning with these characters, or ending with them. */
  readonly number?: { readonly is: string } | { readonly beginsWith: string } | { readonly endsWith: string };
}

export interface CallSearchPage extends CallRecordPage {
  /**
   * Where the search stopped before the page was full, because it had looked at as many calls as one page may: everything since then
   * was looked at, and `nextCursor` goes on from there. Milliseconds since the epoch; null: the page is full, or there is nothing more.
   */
  readonly searchedToMs: number | null;
}

/**
 * What grows: call events and call detail records. Writes resolve when they would survive `kill -9`;
 * writes that wait are joined into one transaction, in the order in which they were made.
 */
export interface CallRecordStore {
  /** The same opening again does nothing. Rejects with `conflict` where another call has the id: ids come from clients. */
  open(opening: CallOpening): Promise<void>;
  /** As `appendEvent`, rejects with `unknownCall` when the call has no record or a closed one. */
  progress(callId: CallId, progress: CallProgress): Promise<void>;
  /** A call is closed once; a second closing is ignored. */
  close(callId: CallId, closing: CallClosing): Promise<void>;
  appendEvent(event: CallEventRecord): Promise<void>;
  /** The same for what became of a call after its record was closed. Rejects with `unknownCall` when it has none. */
  appendLateEvent(event: CallEventRecord): Promise<void>;
  get(callId: CallId): Promise<CallRecord | undefined>;
  events(callId: CallId): Promise<readonly CallEventRecord[]>;
  /** The calls that a person takes part in, newest first. `before` is a cursor from an earlier page. */
  pageByUser(userId: UserId, options: { before?: string; limit: number }): Promise<CallRecordPage>;
  /**
   * Calls of everybody, newest first. What it costs is bounded, however many calls there are: a page may be short, or empty, and yet have a
   * `nextCursor`. Rejects with `badCursor`.
   */
  search(search: CallSearch, options: { before?: string; limit: number }): Promise<CallSearchPage>;
  /**
   * Of ended calls requested before this time takes out who talked with whom: the ends of numbers become `x`, names that the network or an
   * address book told go, in the record and in its events. At most `limit` calls, the oldest first; resolves with how many it were.
   */
  anonymise(beforeMs: number, limit: number): Promise<number>;
  /** Forgets ended calls requested before this time, with their events; otherwise as `anonymise`. */
  forget(beforeMs: number, limit: number): Promise<number>;
  /** Closes as `interrupted` every open call of this call server, at the time of its last event; resolves with their ids. */
  closeInterrupted(callServerId: CallServerId): Promise<readonly CallId[]>;
  /** Ended calls of this call server of which `told` was not said, in the order of their opening. */
  untold(callServerId: CallServerId): Promise<readonly CallId[]>;
  /** Everybody who must hear of the end of a call will, also after a `kill -9`. Of a call without a record it does nothing. */
  told(callId: CallId): Promise<void>;
}

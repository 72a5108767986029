import type { CallId, CallServerId } from '../../../shared/domain/index.ts';

/** What one call uses of one meter, and what the meter allows. A meter is what a limit counts on: `rule:us|user:42`. */
export interface UsageClaim {
  readonly meterId: string;
  /** The day that counts, in milliseconds since the epoch: from (inclusive) and to (exclusive). Days differ by time zone and clock change. */
  readonly day: { readonly fromMs: number; readonly toMs: number };
  readonly limits: {
    /** From the dial to the end of the call. */
    readonly callsAtOnce?: number;
    /** Admitted calls within any 60,000 ms. */
    readonly callsPerMinute?: number;
    /** Talking time of the day, in milliseconds. */
    readonly talkMsPerDay?: number;
    /** Millionths of the currency. */
    readonly costMicrosPerDay?: number;
  };
}

/** What a call costs, in millionths of the currency: the fee at the answer, `firstMs` charged at least, then in steps. */
export interface UsagePrice {
  readonly connectionFeeMicros: number;
  readonly microsPerMinute: number;
  readonly firstMs: number;
  readonly incrementMs: number;
}

export interface UsageRequest {
  readonly callId: CallId;
  readonly callServerId: CallServerId;
  readonly atMs: number;
  readonly claims: readonly UsageClaim[];
  /** Null where nothing is charged. */
  readonly price: UsagePrice | null;
}

export type UsageLimitName = keyof UsageClaim['limits'];

/** The first limit that leaves no room for the call. */
export interface UsageRefusal {
  readonly meterId: string;
  readonly limit: UsageLimitName;
  readonly allowed: number;
  readonly used: number;
  /** When a call may fit again, where that is known: the oldest call of the minute is out, or the day is over. */
  readonly retryAtMs: number | null;
}

/** Present use of a meter. */
export interface MeterUse {
  readonly meterId: string;
  readonly callsAtOnce: number;
  readonly callsPerMinute: number;
  /** Of ended and running calls, up to `atMs`. */
  readonly talkMs: number;
  readonly costMicros: number;
}

/** How a running call will meet a limit per day if nothing changes before. */
export interface UsageExhaustion {
  readonly callId: CallId;
  readonly meterId: string;
  readonly limit: 'talkMsPerDay' | 'costMicrosPerDay';
  readonly atMs: number;
}

/**
 * What is used of the limits, shared by all call servers. Calls at the same instant are admitted one after another, so that no
 * limit is passed by one. Time comes with each call (`atMs`, milliseconds since the epoch).
 */
export interface UsageStore {
  /** Admits the call at all its meters or at none; resolves with what refused it, or null. The same call again changes nothing. */
  admit(request: UsageRequest): Promise<UsageRefusal | null>;
  /** The call is talking from now on. Ignored for a call that was not admitted. */
  answered(callId: CallId, atMs: number): Promise<void>;
  /** The call is over. Ignored when it was before. What it talked and cost stays on the day's account. */
  ended(callId: CallId, atMs: number): Promise<void>;
  /** As `admit` looks at it; meters without any use are zeros. */
  read(claims: readonly Pick<UsageClaim, 'meterId' | 'day'>[], atMs: number): Promise<readonly MeterUse[]>;
  /**
   * For each running, answered call of this call server that will meet a limit per day: which and when, by the present number of
   * calls that share the meter. Calls that are past it have `atMs` in the past. The day's border resets a meter.
   */
  exhaustions(callServerId: CallServerId, atMs: number): Promise<readonly UsageExhaustion[]>;
  /** Forgets the running calls of a call server that has started anew; what they talked and cost as far as it is known stays. */
  endAll(callServerId: CallServerId, atMs: number): Promise<void>;
  /** Calls `listener` after a change that can move an exhaustion. Returns what takes it off. */
  onChange(listener: () => void): () => void;
}

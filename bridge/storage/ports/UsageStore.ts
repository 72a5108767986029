import type { CallId, CallServerId } from '../../../shared/domain/index.ts';

/** A day of somebody's time zone, in milliseconds since the epoch: from (inclusive) and to (exclusive). */
export interface UsageDay {
  readonly fromMs: number;
  readonly toMs: number;
  /**
   * Ends of the days after it, in order, for calls that run past `toMs`: days have 23 or 25 hours at clock changes, which a store
   * can't know. Name as many as the longest call may pass, and two at least, since exhaustions are looked for that far ahead.
   * After the last, days of 24 hours are counted.
   */
  readonly laterEndsMs?: readonly number[];
}

/** What one call uses of one meter, and what the meter allows. A meter is what a limit counts on: `rule:us|user:42`. */
export interface UsageClaim {
  readonly meterId: string;
  /**
   * The day of the admission. Claims of different time zones may name the same meter: use is kept by quarters of an hour, and
   * every day begins at one.
   */
  readonly day: UsageDay;
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

/**
 * What a call costs, in whole millionths of the currency: the fee at the answer, `firstMs` charged at least, then in steps of
 * `incrementMs` (both at least 1). Each step is charged whole when it begins, to the day in which it begins; the sum of all
 * steps so far is rounded up to a millionth.
 */
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
  /** In the order in which limits are looked at. */
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
  /** For cost it may be less than `allowed`: what is left does not pay the fee and the first interval of the call. */
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
  /** Of ended and running calls, up to `atMs`, and what calls that are not answered yet will cost at their answer. */
  readonly costMicros: number;
}

/** How a running call will meet a limit per day if nothing changes before. */
export interface UsageExhaustion {
  readonly callId: CallId;
  readonly meterId: string;
  readonly limit: 'talkMsPerDay' | 'costMicrosPerDay';
  /**
   * The first moment that is not allowed: the talking time is used up, or a step begins that what is left doesn't pay. A call that
   * is ended for it is told to `ended` with this time, so that what passes until the timer fires is on nobody's account.
   */
  readonly atMs: number;
}

/**
 * What is used of the limits, shared by all call servers. Calls at the same instant are admitted one after another, so that no
 * limit is passed by one. Time comes with each call (`atMs`, milliseconds since the epoch; fractions are dropped).
 *
 * What a call will cost at its answer is set aside at its admission, so that of two dials at once only one gets the last money.
 * Talking time is not: calls that are admitted together use it up together, each a bit (`exhaustions`).
 * Use from two days ago and older is forgotten.
 */
export interface UsageStore {
  /** Admits the call at all its meters or at none; resolves with what refused it, or null. The same call again, while it runs, changes nothing. */
  admit(request: UsageRequest): Promise<UsageRefusal | null>;
  /** What `admit` would answer, without admitting: for "may this caller call?". */
  check(request: Pick<UsageRequest, 'atMs' | 'claims' | 'price'>): Promise<UsageRefusal | null>;
  /** The call is talking from now on. Ignored for a call that was not admitted, and the second time. */
  answered(callId: CallId, atMs: number): Promise<void>;
  /** The call is over. Ignored when it was before. What it talked and cost stays on the day's account. */
  ended(callId: CallId, atMs: number): Promise<void>;
  /** As `admit` looks at it; meters without any use are zeros. */
  read(claims: readonly Pick<UsageClaim, 'meterId' | 'day'>[], atMs: number): Promise<readonly MeterUse[]>;
  /**
   * For each running, answered call of this call server that will meet a limit per day: the first that it meets and when, by the
   * present calls that share the meter, each of them ending when it can't go on. Calls that are past it have `atMs` in the past.
   * The day's border resets a meter. Looks ahead over this day and the two after it.
   */
  exhaustions(callServerId: CallServerId, atMs: number): Promise<readonly UsageExhaustion[]>;
  /**
   * Forgets the running calls of a call server that has started anew. What they talked and cost stays, up to the last time that
   * this call server was heard of (it admitted, answered, ended or asked for exhaustions) or that the store last saved them.
   */
  endAll(callServerId: CallServerId, atMs: number): Promise<void>;
  /** Calls `listener` at once after a change that can move an exhaustion. It must not throw. Returns what takes it off. */
  onChange(listener: () => void): () => void;
}

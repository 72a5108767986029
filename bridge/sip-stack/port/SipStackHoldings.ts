/**
 * What the stack holds right now. All zero when no call is up and timers have run out (64*T1 after the last message), but for
 * `userAgents`, one per gateway in use, and `connections`, which are kept for the next call.
 */
export interface SipStackHoldings {
  readonly calls: number;
  readonly clientTransactions: number;
  readonly serverTransactions: number;
  readonly connections: number;
  readonly userAgents: number;
  readonly timers: number;
}

/** Counted since start. */
export interface SipStackCounters {
  /** Of `messagesIn`: requests that nobody whom we know sent, refused or dropped. */
  readonly strangersIn: number;
  /** Whole messages, readable or not; keep-alives aren't counted. */
  readonly messagesIn: number;
  readonly messagesOut: number;
  /** Of `messagesOut`, those that went out again. */
  readonly retransmissionsOut: number;
  readonly malformedIn: number;
}

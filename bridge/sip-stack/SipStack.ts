import type { EventEmitter } from 'node:events';

export type SipTransport = 'udp' | 'tcp';

/** Where a gateway is reached and as whom. */
export interface SipPeer {
  /** Stable name of the gateway; one user agent is kept per id. */
  readonly id: string;
  /** IPv4 or IPv6 address, or a host name. */
  readonly host: string;
  readonly port: number;
  readonly transport: SipTransport;
  /** Answer to a digest challenge (RFC 3261 section 22, RFC 8760). */
  readonly credentials?: { readonly userName: string; readonly password: string };
}

export interface OutgoingInvite {
  readonly callId: string;
  readonly peer: SipPeer;
  /** User part of the request URI: E.164 with the plus, e.g. `+12025550100`. */
  readonly calledNumber: string;
  readonly from: { readonly user: string; readonly displayName?: string };
  /** SDP offer, opaque to this room. */
  readonly offer: string;
  /**
   * Answers a re-INVITE or UPDATE of the gateway. `offer` is null when the gateway sent none and wants ours
   * (RFC 3261 section 14.2). Returns the SDP to send. A rejection answers 488 and leaves the call as it was.
   */
  readonly onRemoteOffer: (offer: string | null) => Promise<string>;
  /** The gateway's SDP that answers an offer which `onRemoteOffer(null)` made. */
  readonly onRemoteAnswer?: (answer: string) => void;
}

/** Why an INVITE came to nothing. */
export type InviteFailure =
  | {
      readonly kind: 'response';
      readonly status: number;
      readonly reason: string;
      readonly retryAfterMs?: number;
      readonly q850?: number;
    }
  /** Nothing came back within timer B (RFC 3261 section 17.1.1.2). */
  | { readonly kind: 'timeout' }
  /** The transport refused or lost the connection. */
  | { readonly kind: 'transport'; readonly reason: string }
  /**
   * `cancel()` was called. Comes when the gateway confirms it (487, or a 2xx that crossed it) and after 64*T1 at the latest; at
   * once where nothing had come back from the gateway yet. What still comes later is dealt with all the same.
   */
  | { readonly kind: 'cancelled' }
  /** The gateway's answer could not be used (no SDP, unreadable). The dialog, if any, was ended. */
  | { readonly kind: 'protocol'; readonly reason: string };

export interface SipCallEnd {
  readonly by: 'remote' | 'local' | 'transport';
  /** Final status of the BYE, or of the request that failed. */
  readonly status?: number;
  /** Cause from a Reason header (RFC 3326), where given. */
  readonly q850?: number;
  readonly reason?: string;
}

export interface SipCallEvents {
  /** The INVITE was handed to the transport for the first time. */
  sent: [];
  /** A 100: the gateway has the INVITE. */
  trying: [];
  /** Any 101-199; `sdp` where the gateway opened early media. May come repeatedly. */
  progress: [{ status: number; reason: string; sdp: string | null }];
  /** The first 2xx, once; `sdp` is the 2xx's own or, where it has none, that of the last 18x of its dialog. */
  answered: [{ sdp: string }];
  /** Terminal, before `answered`. Exactly one of `failed` and `ended` is emitted per call. */
  failed: [InviteFailure];
  /** Terminal, after `answered`. */
  ended: [SipCallEnd];
}

/** One INVITE to one gateway, and the dialog that grows from it. */
export interface SipCall extends EventEmitter<SipCallEvents> {
  /** Call-ID header of the dialog, for the record. */
  readonly sipCallId: string;
  /** CANCEL while not answered (a 2xx that crosses it is ACKed and ended with BYE); ends in `failed: cancelled`. */
  cancel(reason?: { status: number; text: string }): void;
  /**
   * BYE once answered; ends in `ended` with the answer's status, or without one when the gateway hasn't answered within 5 s
   * (the BYE goes on being repeated for 64*T1). Before the answer: the same as `cancel`.
   */
  bye(reason?: { q850: number; text: string }): void;
  /** DTMF by INFO (application/dtmf-relay). Resolves on 2xx; rejects on anything else without touching the call. */
  sendInfoDtmf(digit: string, durationMs: number): Promise<void>;
}

export interface ProbeResult {
  /** Any final answer counts, also a challenge or a 503: `status` says which. */
  readonly isReachable: boolean;
  /** Final status of the OPTIONS; absent on a time-out or transport error. */
  readonly status?: number;
  readonly roundTripMs?: number;
  readonly retryAfterMs?: number;
  /** In plain words, when not reachable. */
  readonly problem?: string;
}

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
  /** Whole messages, readable or not; keep-alives aren't counted. */
  readonly messagesIn: number;
  readonly messagesOut: number;
  /** Of `messagesOut`, those that went out again. */
  readonly retransmissionsOut: number;
  readonly malformedIn: number;
}

export interface SipListener {
  readonly transport: SipTransport;
  readonly host: string;
  readonly port: number;
}

export interface SipStackOptions {
  /** Addresses that we listen at and send from; port 0 picks a free one. */
  readonly listen: readonly SipListener[];
  /** User-Agent header. */
  readonly userAgent: string;
  /** Host that gateways are told in Contact and Via where we are behind NAT; the listener's address otherwise. */
  readonly announcedHost?: string;
}

/** The native protocol (SIP, RFC 3261), with everything JsSIP about it hidden. */
export interface SipStack {
  /** Bound listeners with their real ports. */
  readonly listeners: readonly SipListener[];
  /** Returns before anything is sent, so that no event is missed. Throws once closed. */
  invite(request: OutgoingInvite): SipCall;
  /** One OPTIONS (RFC 3261 section 11). Never rejects. Over TCP it opens the connection that the next call uses. */
  probe(peer: SipPeer, options: { timeoutMs: number }): Promise<ProbeResult>;
  /** Forgets the user agent and connection of a gateway that was removed or changed. */
  forget(peerId: string): void;
  holdings(): SipStackHoldings;
  counters(): SipStackCounters;
  /** Sends BYE or CANCEL for every call, waits a second at most for the answers, then lets go of everything. Idempotent. */
  close(): Promise<void>;
}

import type { EventEmitter } from 'node:events';

export type SipTransport = 'udp' | 'tcp' | 'tls';

/** A place by name or address, as an operator writes it; RFC 3263 says what it stands for. */
export interface SipAddress {
  /** IPv4 or IPv6 address, or a host name. */
  readonly host: string;
  /** null: by SRV for a host name, else 5060, or 5061 for TLS. */
  readonly port: number | null;
  /** `auto`: by NAPTR and SRV. */
  readonly transport: SipTransport | 'auto';
}

/** One place that a peer can be reached at: what its addresses stand for now. */
export interface SipDestination {
  readonly transport: SipTransport;
  /** IP address. */
  readonly address: string;
  readonly port: number;
  /** The name that it was found by, which a TLS certificate must have (RFC 5922); the address itself otherwise. */
  readonly host: string;
}

/** TLS towards one gateway. PEM texts. */
export interface SipTls {
  readonly isVerified: boolean;
  /** Name that its certificate must have; absent: the host that it was found by. */
  readonly serverName?: string;
  /** Authorities; absent: the usual public ones. */
  readonly ca?: string;
  readonly certificate?: string;
  readonly privateKey?: string;
}

export interface SipCredentials {
  readonly userName: string;
  readonly password: string;
  /** Name in the digest; absent: `userName`. */
  readonly authUserName?: string;
}

/** Where a gateway is reached and as whom. */
export interface SipPeer {
  /** Stable name of the gateway; one user agent is kept per id. */
  readonly id: string;
  /** In the order of trying; at least one. */
  readonly addresses: readonly SipAddress[];
  /** Everything goes there, with a Route header (RFC 3261 section 8.1.2). */
  readonly outboundProxy?: SipAddress;
  /** Host part (with a port where one is meant) of request URI, To and From. */
  readonly domain: string;
  readonly tls?: SipTls;
  /** Answer to a digest challenge (RFC 3261 section 22, RFC 8760). */
  readonly credentials?: SipCredentials;
  /** Calls from it; absent: it may not call us. */
  readonly incoming?: {
    /** IP addresses and CIDR ranges besides those that it is reached at. */
    readonly addresses: readonly string[];
    /** From elsewhere it is challenged, and must prove these (RFC 3261 section 22). */
    readonly credentials?: { readonly userName: string; readonly password: string };
  };
}

/** Who calls, besides From. */
export interface SipIdentity {
  /** RFC 3325, or the older Remote-Party-ID; null: no such header. */
  readonly header: 'P-Asserted-Identity' | 'P-Preferred-Identity' | 'Remote-Party-ID' | null;
  readonly user: string;
  readonly displayName?: string;
  /** Not to be shown: From says anonymous (RFC 3323), and with it goes `Privacy: id`. */
  readonly isPrivate: boolean;
}

export interface OutgoingInvite {
  readonly callId: string;
  readonly peer: SipPeer;
  /** One of those that `locate` told; absent: the first. */
  readonly destination?: SipDestination;
  /** User part of the request URI, as this gateway wants numbers: usually E.164 with the plus, `+12025550100`. */
  readonly calledNumber: string;
  readonly from: { readonly user: string; readonly displayName?: string };
  /** Absent: From says it all. */
  readonly identity?: SipIdentity;
  /** SDP offer, opaque to this room. */
  readonly offer: string;
  /** Of a call that is passed on: how many hops it has left (RFC 3261 section 8.1.1.6). Absent: 70. */
  readonly maxForwards?: number;
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

/** What both kinds of calls can do once they are answered. */
export interface SipDialog {
  /** Call-ID header of the dialog, for the record. */
  readonly sipCallId: string;
  /** DTMF by INFO (application/dtmf-relay). Resolves on 2xx; rejects on anything else without touching the call. */
  sendInfoDtmf(digit: string, durationMs: number): Promise<void>;
}

export interface IncomingSipCallEvents {
  /** Terminal, before the answer: the caller gave up, or the connection to it was lost. It was answered 487 where it could be. */
  cancelled: [];
  /** The ACK of our answer. `sdp` is the gateway's answer where the offer was ours. */
  confirmed: [{ sdp: string | null }];
  /** Terminal, after the answer; also where no ACK ever came. */
  ended: [SipCallEnd];
}

/** One INVITE from a gateway, and the dialog that grows from it. 100 was sent before anybody hears of it. */
export interface IncomingSipCall extends EventEmitter<IncomingSipCallEvents>, SipDialog {
  /** Id of the gateway that it comes from. */
  readonly peerId: string;
  readonly source: { readonly transport: SipTransport; readonly address: string; readonly port: number };
  /** User part of the request URI, unescaped, without parameters; also of a `tel:` one. */
  readonly calledUser: string;
  /** The same of To. */
  readonly toUser: string;
  /** From P-Asserted-Identity, else Remote-Party-ID, else From; null where the caller doesn't want to be known. */
  readonly callingUser: string | null;
  readonly callingName: string | null;
  /** SDP offer; null: ours is wanted in the answer. */
  readonly offer: string | null;
  /** How many hops it has left, at least 1: to pass it on costs one. 70 where it doesn't say. */
  readonly maxForwards: number;
  /** 180. May be said again. */
  ring(): void;
  /** 183 with early media. */
  progress(sdp: string): void;
  /** 200. With `offer` null the SDP is our offer. */
  answer(sdp: string, handlers: Pick<OutgoingInvite, 'onRemoteOffer' | 'onRemoteAnswer'>): void;
  /** A final answer of 300 to 699. Nothing is emitted after it. */
  reject(answer: { status: number; reason?: string; retryAfterMs?: number; q850?: number }): void;
  /** BYE once answered, as `SipCall.bye`; 487 before. */
  bye(reason?: { q850: number; text: string }): void;
}

/** One INVITE to one gateway, and the dialog that grows from it. */
export interface SipCall extends EventEmitter<SipCallEvents>, SipDialog {
  /** CANCEL while not answered (a 2xx that crosses it is ACKed and ended with BYE); ends in `failed: cancelled`. */
  cancel(reason?: { status: number; text: string }): void;
  /**
   * BYE once answered; ends in `ended` with the answer's status, or without one when the gateway hasn't answered within 5 s
   * (the BYE goes on being repeated for 64*T1). Before the answer: the same as `cancel`.
   */
  bye(reason?: { q850: number; text: string }): void;
}

export interface RegistrationState {
  readonly state: 'trying' | 'registered' | 'failed';
  /** When the registrar forgets us, in milliseconds since the epoch; null while it doesn't know us. */
  readonly expiresAtMs: number | null;
  /** In plain words, when `failed`. It is tried again all the same, after a growing time. */
  readonly problem: string | null;
}

export interface SipRegistrationEvents {
  changed: [RegistrationState];
}

/** Keeps us registered with one gateway (RFC 3261 section 10) until it is closed. */
export interface SipRegistration extends EventEmitter<SipRegistrationEvents> {
  readonly state: RegistrationState;
  /** Registers at once, e.g. after a call or probe found that it lost us. */
  refresh(): void;
  /** Unregisters, waits 2 s at most for the answer, and stops. Idempotent. */
  close(): Promise<void>;
}

/** One SIP message as it went over the wire. Passwords, digests and SRTP keys are blanked. */
export interface TracedSipMessage {
  /** Milliseconds since the epoch, with fractions. */
  readonly atMs: number;
  readonly direction: 'sent' | 'received';
  readonly transport: SipTransport;
  readonly local: string;
  readonly remote: string;
  readonly text: string;
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
  /** Of `messagesIn`: requests that nobody whom we know sent, refused or dropped. */
  readonly strangersIn: number;
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

export interface SipStackEvents {
  /** A gateway calls. Whoever listens rings, answers or rejects it; without a listener it is rejected with 480. */
  incomingCall: [IncomingSipCall];
}

export interface SipStackOptions {
  /** For listeners of transport `tls`: our certificate and key, PEM. */
  readonly tls?: { readonly certificate: string; readonly privateKey: string };
  /** What requests of strangers get: nothing at all, or 403. Default `drop`. */
  readonly strangers?: 'drop' | 'refuse';
  /** DNS servers to ask instead of the system's, as `host` or `host:port`. */
  readonly dnsServers?: readonly string[];
  /** Addresses that we listen at and send from; port 0 picks a free one. */
  readonly listen: readonly SipListener[];
  /** User-Agent header. */
  readonly userAgent: string;
  /** Host that gateways are told in Contact and Via where we are behind NAT; the listener's address otherwise. */
  readonly announcedHost?: string;
}

/** The native protocol (SIP, RFC 3261), with everything JsSIP about it hidden. */
export interface SipStack {
  readonly events: EventEmitter<SipStackEvents>;
  /** Bound listeners with their real ports. */
  readonly listeners: readonly SipListener[];
  /** Returns before anything is sent, so that no event is missed. Throws once closed. */
  invite(request: OutgoingInvite): SipCall;
  /**
   * Where the peer can be reached now (RFC 3263), in the order of trying: those that failed lately come last. From memory while
   * DNS's time to live lasts. Rejects with a sentence when there is no such place.
   */
  locate(peer: SipPeer): Promise<readonly SipDestination[]>;
  /** Whoever found a place silent or refusing says so: it is tried last for some time, by all calls and probes. */
  noteFailure(destination: SipDestination): void;
  /**
   * One OPTIONS (RFC 3261 section 11), to the first place unless told otherwise. Never rejects. Over TCP and TLS it opens the
   * connection that the next call uses.
   */
  probe(peer: SipPeer, options: { timeoutMs: number; destination?: SipDestination }): Promise<ProbeResult>;
  /** Begins to register; one registration per peer. */
  register(peer: SipPeer, options: { expiresSeconds: number }): SipRegistration;
  /** All peers from which requests may come; replaces those of before. */
  setPeers(peers: readonly SipPeer[]): void;
  /** Hears every message to and from a peer until the returned function is called. */
  trace(peerId: string, listener: (message: TracedSipMessage) => void): () => void;
  /** Forgets the user agent and connection of a gateway that was removed or changed. */
  forget(peerId: string): void;
  holdings(): SipStackHoldings;
  counters(): SipStackCounters;
  /** Sends BYE or CANCEL for every call, waits a second at most for the answers, then lets go of everything. Idempotent. */
  close(): Promise<void>;
}

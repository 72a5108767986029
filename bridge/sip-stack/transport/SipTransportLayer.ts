import type { EventEmitter } from 'node:events';
import type { Clock, Logger } from '../../observability/index.ts';
import type { SipRequest, SipResponse } from '../message/index.ts';
import type { SipListener, SipStackCounters, SipTls, SipTransport } from '../port/index.ts';
import type { TlsIdentity } from './tls/TlsIdentity.ts';

/** Where a message is to go, by name or address. */
export interface SipTarget {
  readonly transport: SipTransport;
  readonly host: string;
  readonly port: number;
  /** For TLS: how, and what the certificate must name. Absent: with the usual authorities, and `host`. */
  readonly tls?: { readonly name: string; readonly settings?: SipTls | undefined };
  /** Whom it leads to, where that is known; for `onWire`. */
  readonly peerId?: string;
}

/** A target with its name resolved and our own side chosen. Good until the name's address changes. */
export interface SipRoute {
  readonly transport: SipTransport;
  /** IP address. */
  readonly address: string;
  readonly port: number;
  readonly family: 4 | 6;
  /** What the other side is told in Via and should be told in Contact. */
  readonly local: { readonly host: string; readonly port: number };
  /** The listener that UDP leaves by. */
  readonly listener: SipListener;
  readonly peerId?: string;
  /** For transport `tls`. */
  readonly tls?: TlsIdentity;
}

/** A message as it is or was on the wire. */
export interface WireMessage {
  readonly direction: 'sent' | 'received';
  readonly transport: SipTransport;
  readonly local: { readonly address: string; readonly port: number };
  readonly remote: { readonly address: string; readonly port: number };
  /** Of the route that it goes or was answered by. */
  readonly peerId: string | undefined;
  readonly text: string;
}

/** Where a message came from. */
export interface SipSource {
  readonly transport: SipTransport;
  readonly address: string;
  readonly port: number;
}

export interface ClientTransactionEvents {
  /**
   * A response for the core (RFC 3261 section 17.1): each provisional one as it comes, the first final one, and, for INVITE,
   * the first 2xx of every further To tag (a fork). Repeats never arrive here. The Via of this layer is already off.
   */
  response: [SipResponse];
  /** No final response within timer B or F, or none to a cancelled INVITE within 64*T1 of the CANCEL. Terminal. */
  timedOut: [];
  /** The message couldn't be sent, or the connection was refused or lost for good. Terminal. */
  transportFailed: [{ reason: string }];
  /** Everything held was let go of: last event, always emitted. */
  terminated: [];
}

/** One request of ours (RFC 3261 section 17.1). */
export interface ClientTransaction extends EventEmitter<ClientTransactionEvents> {
  /** As sent, with the Via on top. */
  readonly request: SipRequest;
  readonly route: SipRoute;
  readonly hasProvisional: boolean;
  readonly hasFinal: boolean;
  /**
   * INVITE only. CANCEL in the transaction's own name, held back until a provisional response allows it
   * (RFC 3261 section 9.1) and dropped when a final one comes first.
   */
  cancel(reason?: string): void;
  /**
   * INVITE only: sends the ACK of a 2xx (as the core made it, without Via) and repeats it for every repeat of that
   * 2xx, by To tag, for 64*T1 (RFC 3261 section 13.2.2.4). The ACK of a failure is the transaction's own affair.
   */
  acknowledge(ack: SipRequest, route?: SipRoute): void;
  /** Gives up at once and without a word; only `terminated` still comes. */
  abandon(): void;
}

export interface ServerTransactionEvents {
  /** INVITE only, before a final response: a CANCEL came and was answered 200. The owner answers the INVITE 487. */
  cancelled: [SipRequest];
  /** INVITE only: the ACK of our 2xx (may carry the SDP answer) or of our failure. */
  acknowledged: [SipRequest];
  /** INVITE only: no ACK within 64*T1 (timer H, RFC 3261 sections 13.3.1.4, 17.2.1). After a 2xx: send BYE. */
  unacknowledged: [];
  transportFailed: [{ reason: string }];
  /** Everything held was let go of: last event, always emitted. */
  terminated: [];
}

/** One request to us (RFC 3261 section 17.2). Absorbs repeats by replaying the last response. */
export interface ServerTransaction extends EventEmitter<ServerTransactionEvents> {
  /** Its top Via carries `received` and `rport` (RFC 3581). */
  readonly request: SipRequest;
  readonly source: SipSource;
  /** Our side of it: for the Contact of responses. */
  readonly local: { readonly host: string; readonly port: number };
  readonly hasFinal: boolean;
  /**
   * Sends a response (make it with `createResponse`). Final ones to INVITE are repeated until the ACK, on UDP failures
   * too, 2xx on every transport. After a final response further ones are ignored.
   */
  respond(response: SipResponse): void;
  /** Sends a final response once and forgets the request (RFC 3261 section 8.2.7): a repeat of it is a new one. */
  respondAndForget(response: SipResponse): void;
}

export interface SipTransportLayerEvents {
  /** A new request other than ACK and CANCEL. Listeners must lead to a `respond`; one that throws makes it 500. */
  request: [ServerTransaction];
  /** Somebody answered a request of ours: first of all events of that response. */
  answered: [route: SipRoute, status: number];
  /** A response without a transaction, after it was counted. */
  strayResponse: [SipResponse, SipSource];
  /** Something unreadable came; it was answered (400, 416, 505) where it could be. Contains nothing of the message. */
  malformed: [{ source: SipSource; problem: string }];
}

/** All zero but `connections` when every transaction has run out. */
export interface SipTransportHoldings {
  readonly clientTransactions: number;
  readonly serverTransactions: number;
  readonly connections: number;
  readonly timers: number;
}

/** Looks at what comes before it is read. */
export interface InboundScreen {
  /** Whether all that comes from this IP address is to be read. Asked for every message. */
  isKnown(address: string): boolean;
  /** What becomes of a request, by how it begins, that comes from somewhere else. Responses go by their branch alone. */
  judge(head: string, source: SipSource): 'take' | 'drop' | 'refuse';
  /** Whether a TLS handshake may begin. */
  welcomes(address: string): boolean;
}

export interface SipTransportLayerDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Octets for branches; `node:crypto` randomBytes. */
  readonly randomBytes: (size: number) => Uint8Array;
  /** First address of a host name; rejects when there is none. `node:dns/promises` lookup. */
  readonly lookup: (host: string) => Promise<{ address: string }>;
  /** Absent: everybody is welcome. */
  readonly screen?: InboundScreen;
}

export interface SipTransportLayerOptions {
  readonly listen: readonly SipListener[];
  /** For listeners of transport `tls`: our certificate with its chain, and its key, PEM. */
  readonly tls?: { readonly certificate: string; readonly privateKey: string };
  /** For Via and `local` where we are behind NAT. */
  readonly announcedHost?: string;
  /** Per connection attempt; default 5000. */
  readonly connectTimeoutMs?: number;
  /** A connection that said nothing for this long is closed; default 15 minutes. */
  readonly connectionIdleMs?: number;
  /** Connections that others may open at once; default 1000. */
  readonly maxInboundConnections?: number;
  /** Requests of others worked on at once, more are dropped; default 20 000. */
  readonly maxServerTransactions?: number;
}

/** RFC 3261 sections 17 and 18: transactions over UDP, TCP and TLS. */
export interface SipTransportLayer extends EventEmitter<SipTransportLayerEvents> {
  /** Hears every whole message that comes or goes, again when it goes again; null: nobody listens, and nothing is spent on it. */
  onWire: ((message: WireMessage) => void) | null;
  /** With the ports that were really bound. */
  readonly bound: readonly SipListener[];
  /** Resolves the name and picks our side; rejects with a sentence when there is no address or no listener for it. */
  resolve(target: SipTarget): Promise<SipRoute>;
  /**
   * Puts a Via on the request and sends it, before this returns where UDP or an open connection allows. INVITE or other by method; not for ACK and CANCEL.
   * Failures come as events, never as exceptions, and never before this has returned.
   */
  send(request: SipRequest, route: SipRoute): ClientTransaction;
  /** Opens the connection ahead of need; resolves at once for UDP and open ones. Rejects when refused. */
  connect(route: SipRoute): Promise<void>;
  /** Closes the connection that we keep to there. */
  disconnect(route: SipRoute): void;
  /** A 128-bit token for tags, Call-IDs and the like. */
  token(): string;
  holdings(): SipTransportHoldings;
  counters(): SipStackCounters;
  /** Ends every transaction without a word, closes sockets. Idempotent. */
  close(): Promise<void>;
}

import type { EventEmitter } from 'node:events';
import type { IncomingSipCall } from './IncomingSipCall.ts';
import type { OutgoingInvite } from './OutgoingInvite.ts';
import type { ProbeResult } from './ProbeResult.ts';
import type { SipCall } from './SipCall.ts';
import type { SipDialogSnapshot } from './SipDialog.ts';
import type { SipDestination, SipPeer } from './SipPeer.ts';
import type { SipRegistration } from './SipRegistration.ts';
import type { SipStackCounters, SipStackHoldings } from './SipStackHoldings.ts';
import type { SipListener } from './SipStackOptions.ts';
import type { TracedCallMessage, TracedSipMessage } from './TracedSipMessage.ts';

export interface SipStackEvents {
  /** A gateway calls. Whoever listens rings, answers or rejects it; without a listener it is rejected with 480. */
  incomingCall: [IncomingSipCall];
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
  /** Hears the messages of all calls with known peers (not of probes and registrations) until the returned function is called. */
  traceCalls(listener: (message: TracedCallMessage) => void): () => void;
  /** Forgets the user agent and connection of a gateway that was removed or changed. */
  forget(peerId: string): void;
  /** BYE for a dialog of a process that is gone. Resolves with whether the gateway answered it, after 5 s at the latest. Never rejects. */
  endLeftover(peer: SipPeer, dialog: SipDialogSnapshot): Promise<boolean>;
  holdings(): SipStackHoldings;
  counters(): SipStackCounters;
  /** Sends BYE or CANCEL for every call, waits a second at most for the answers, then lets go of everything. Idempotent. */
  close(): Promise<void>;
}

import type { SipDialogId } from './SipDialog.ts';
import type { SipDestination, SipPeer } from './SipPeer.ts';

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
  /** The dialog that whoever is called shall replace by this one (RFC 3891): Replaces as the REFER told it. */
  readonly replaces?: SipDialogId;
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

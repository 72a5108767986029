import type { IncomingReferral, SipReferral } from './SipReferral.ts';

export interface SipCallEnd {
  readonly by: 'remote' | 'local' | 'transport';
  /** Final status of the BYE, or of the request that failed. */
  readonly status?: number;
  /** Cause from a Reason header (RFC 3326), where given. */
  readonly q850?: number;
  readonly reason?: string;
}

/** Names of a dialog as the other side would write them into Replaces (RFC 3891) or Target-Dialog. */
export interface SipDialogId {
  readonly callId: string;
  readonly localTag: string;
  readonly remoteTag: string;
}

/** Everything that it takes to end a dialog by BYE after the process that had it is gone. JSON. */
export interface SipDialogSnapshot extends SipDialogId {
  readonly localUri: string;
  readonly remoteUri: string;
  readonly remoteTarget: string;
  readonly routeSet: readonly string[];
  /** Far enough above what was sent. */
  readonly localCSeq: number;
}

/** A request inside a dialog came to nothing; the dialog is as it was before. */
export interface SipRequestFailure {
  /** Final status; null: it was not answered, or not sent. */
  readonly status: number | null;
  readonly reason: string;
}

export class SipRequestError extends Error implements SipRequestFailure {
  readonly status: number | null;
  readonly reason: string;
  constructor({ status, reason }: SipRequestFailure) {
    super(status === null ? reason : `${status} ${reason}`);
    this.name = 'SipRequestError';
    this.status = status;
    this.reason = reason;
  }
}

/** Events of both kinds of calls once they are answered. */
export interface SipDialogEvents {
  /** The gateway asks us to call somebody else in its stead (RFC 3515). Without a listener it is refused with 403. */
  referred: [IncomingReferral];
  /** Keys that the other party pressed, told by INFO instead of RFC 4733 events: `0`-`9`, `A`-`D`, `*`, `#`. */
  digitsPressed: [digits: string];
  /** The gateway is reached elsewhere from now on (RFC 3261 section 12.2): `snapshot()` is another one. */
  retargeted: [];
}

/** What both kinds of calls can do once they are answered. */
export interface SipDialog {
  /** Call-ID header of the dialog, for the record. */
  readonly sipCallId: string;
  /** null before the answer. */
  readonly dialogId: SipDialogId | null;
  /** Methods of the gateway's Allow header, in capitals; empty: it never told. */
  readonly allowedMethods: readonly string[];
  /** null before the answer, and after the end. */
  snapshot(): SipDialogSnapshot | null;
  /** DTMF by INFO (application/dtmf-relay). Resolves on 2xx; rejects on anything else without touching the call. */
  sendInfoDtmf(digit: string, durationMs: number): Promise<void>;
  /**
   * Re-INVITE with this offer; resolves with the SDP of the 2xx, which is acknowledged. One after another; where it meets one of the
   * gateway's (491) it is sent again as RFC 3261 section 14.1 says; an offer that is a function is made anew for each try.
   * @throws SipRequestError. 408, 481 and no answer at all end the call as well (`ended`), as section 12.2.1.2 says.
   */
  reinvite(offer: string | (() => Promise<string>)): Promise<string>;
  /**
   * REFER (RFC 3515). What becomes of it is told by the referral's events; the call itself goes on until somebody ends it.
   * @throws SipRequestError where the call is not up. 481 ends it.
   */
  refer(to: {
    /** User part of the Refer-To URI, as this gateway wants numbers. */
    readonly user: string;
    /** Attended: our `dialogId` of the call that the other party shall take over (RFC 3891). */
    readonly replaces?: SipDialogId;
  }): SipReferral;
}

import type { EventEmitter } from 'node:events';
import type { SipDialogId, SipRequestFailure } from './SipDialog.ts';

export interface SipReferralEvents {
  /** 2xx to the REFER: the gateway tries. */
  accepted: [];
  /** What its NOTIFYs tell of the call that it makes (RFC 3515 section 2.4.4): 100 to 199. */
  progressed: [{ status: number }];
  /** Terminal: the other party has it. 2xx by a NOTIFY. */
  succeeded: [];
  /** Terminal: the REFER was refused, the call that it asked for failed, or nothing more was heard for 60 s. */
  failed: [SipRequestFailure];
}

/** A REFER of ours. Exactly one of `succeeded` and `failed` is emitted, or neither where the call ended before. */
export type SipReferral = EventEmitter<SipReferralEvents>;

/** A REFER of the gateway. It is answered once: accepted or refused. */
export interface IncomingReferral {
  /** User part of Refer-To, unescaped, without parameters; null: its URI is of no use. */
  readonly user: string | null;
  /** The dialog that shall be replaced, as whoever is called knows it: goes into `OutgoingInvite.replaces` as it is. */
  readonly replaces: SipDialogId | null;
  /** 202, and a NOTIFY with 100 after it. */
  accept(): void;
  reject(status: number): void;
  /** NOTIFY with this status (message/sipfrag); 200 and above is the last. Ignored when the dialog has ended. */
  notify(status: number): void;
}

import type { EventEmitter } from 'node:events';
import type { InviteFailure } from './OutgoingInvite.ts';
import type { SipCallEnd, SipDialog, SipDialogEvents } from './SipDialog.ts';

export interface SipCallEvents extends SipDialogEvents {
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
export interface SipCall extends EventEmitter<SipCallEvents>, SipDialog {
  /** CANCEL while not answered (a 2xx that crosses it is ACKed and ended with BYE); ends in `failed: cancelled`. */
  cancel(reason?: { status: number; text: string }): void;
  /**
   * BYE once answered; ends in `ended` with the answer's status, or without one when the gateway hasn't answered within 5 s
   * (the BYE goes on being repeated for 64*T1). Before the answer: the same as `cancel`.
   */
  bye(reason?: { q850: number; text: string }): void;
}

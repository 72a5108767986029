import type { EventEmitter } from 'node:events';
import type { OutgoingInvite } from './OutgoingInvite.ts';
import type { SipCallEnd, SipDialog, SipDialogEvents, SipDialogId } from './SipDialog.ts';
import type { SipTransport } from './SipPeer.ts';

export interface IncomingSipCallEvents extends SipDialogEvents {
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
  /** It shall take the place of this dialog of ours (RFC 3891), as we name it; null: it is a call of its own. */
  readonly replaces: SipDialogId | null;
  /** How many hops it has left, at least 1: to pass it on costs one. 70 where it doesn't say. */
  readonly maxForwards: number;
  /** 180. May be said again. */
  ring(): void;
  /** 183 with early media. `handlers` answer what the gateway offers before our answer; without them it is refused with 488. */
  progress(sdp: string, handlers?: Pick<OutgoingInvite, 'onRemoteOffer' | 'onRemoteAnswer'>): void;
  /** 200. With `offer` null the SDP is our offer. */
  answer(sdp: string, handlers: Pick<OutgoingInvite, 'onRemoteOffer' | 'onRemoteAnswer'>): void;
  /** A final answer of 300 to 699. Nothing is emitted after it. */
  reject(answer: { status: number; reason?: string; retryAfterMs?: number; q850?: number }): void;
  /** BYE once answered, as `SipCall.bye`; 487 before. */
  bye(reason?: { q850: number; text: string }): void;
}

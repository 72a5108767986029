import { MAX_FORWARDS } from '../../message/index.ts';
import type { IncomingSipCall, IncomingSipCallEvents, SipDialogId, SipPeer } from '../../port/index.ts';
import type { ServerTransaction } from '../../transport/index.ts';
import { DialogCall } from '../dialogs/DialogCall.ts';
import { sdpOf } from '../dialogs/sdpOf.ts';
import { readParties } from './readParties.ts';
import { replacedBy } from './replacing.ts';

/** What the INVITE of a gateway says of the call that it opens. */
export abstract class InvitedCall extends DialogCall<IncomingSipCallEvents> {
  readonly sipCallId: string;
  readonly peerId: string;
  readonly source: IncomingSipCall['source'];
  readonly calledUser: string;
  readonly toUser: string;
  readonly callingUser: string | null;
  readonly callingName: string | null;
  readonly offer: string | null;
  readonly replaces: SipDialogId | null;
  readonly maxForwards: number;

  constructor({ transaction, peer }: { readonly transaction: ServerTransaction; readonly peer: SipPeer }) {
    super();
    const { request, source } = transaction;
    const parties = readParties(request);
    this.sipCallId = request.headers.get('Call-ID') ?? '';
    this.peerId = peer.id;
    this.source = source;
    this.calledUser = parties.calledUser;
    this.toUser = parties.toUser;
    this.callingUser = parties.callingUser;
    this.callingName = parties.callingName;
    this.offer = sdpOf(request);
    this.replaces = replacedBy(request);
    this.maxForwards = Math.min(255, Number(request.headers.get('Max-Forwards') ?? MAX_FORWARDS));
  }
}

import { EventEmitter } from 'node:events';
import type {
  IncomingSipCall,
  IncomingSipCallEvents,
  OutgoingInvite,
  SipDialog,
  SipDialogId,
  SipDialogSnapshot,
  SipReferral,
  SipRequestError,
} from '../../../sip-stack/index.ts';

/** A call of a gateway; what it was answered is in `said`. */
export class FakeIncomingSipCall extends EventEmitter<IncomingSipCallEvents> implements IncomingSipCall {
  readonly sipCallId = 'sip-call';
  readonly peerId: string;
  readonly source = { transport: 'udp', address: '192.0.2.1', port: 5060 } as const;
  readonly calledUser: string;
  readonly toUser: string;
  readonly callingUser: string | null;
  readonly callingName: string | null;
  readonly offer: string | null;
  readonly maxForwards = 42;
  readonly said: string[] = [];
  handlers: Pick<OutgoingInvite, 'onRemoteOffer' | 'onRemoteAnswer'> | null = null;
  /** A gateway that doesn't answer our BYE. */
  isSilent = false;
  readonly dialogId: SipDialogId = { callId: 'sip-call', localTag: 'ours', remoteTag: 'theirs' };
  allowedMethods: readonly string[] = [];
  reinviteError: SipRequestError | null = null;
  /** Our REFERs, whose events the test emits. */
  readonly referrals: SipReferral[] = [];
  readonly replaces: SipDialogId | null;

  constructor(
    change: Partial<
      Pick<IncomingSipCall, 'peerId' | 'calledUser' | 'callingUser' | 'callingName' | 'offer' | 'replaces'>
    > = {},
  ) {
    super();
    this.peerId = change.peerId ?? 'gw1';
    this.replaces = change.replaces ?? null;
    this.calledUser = change.calledUser ?? '+493012345678';
    this.toUser = this.calledUser;
    this.callingUser = change.callingUser === undefined ? '+442079460018' : change.callingUser;
    this.callingName = change.callingName === undefined ? 'ACME' : change.callingName;
    this.offer = change.offer === undefined ? 'gateway offer' : change.offer;
  }

  ring(): void {
    this.said.push('180');
  }

  progress(sdp: string): void {
    this.said.push(`183 ${sdp}`);
  }

  answer(sdp: string, handlers: Pick<OutgoingInvite, 'onRemoteOffer' | 'onRemoteAnswer'>): void {
    this.said.push(`200 ${sdp}`);
    this.handlers = handlers;
  }

  reject({ status, retryAfterMs, q850 }: { status: number; retryAfterMs?: number; q850?: number }): void {
    this.said.push([status, q850, retryAfterMs].filter((part) => part !== undefined).join(' '));
  }

  bye(): void {
    this.said.push(this.handlers ? 'bye' : '487');
    if (this.handlers && !this.isSilent) this.emit('ended', { by: 'local', status: 200 });
  }

  snapshot(): SipDialogSnapshot | null {
    return null;
  }

  async reinvite(offer: string): Promise<string> {
    this.said.push(`reinvite ${offer}`);
    if (this.reinviteError) throw this.reinviteError;
    return `answer to ${offer}`;
  }

  refer({ user, replaces }: Parameters<SipDialog['refer']>[0]): SipReferral {
    this.said.push(`refer ${user}${replaces ? ` replacing ${replaces.callId}` : ''}`);
    const referral: SipReferral = new EventEmitter();
    this.referrals.push(referral);
    return referral;
  }

  async sendInfoDtmf(digit: string): Promise<void> {
    this.said.push(`info ${digit}`);
  }
}

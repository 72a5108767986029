import { EventEmitter } from 'node:events';
import type {
  InviteFailure,
  OutgoingInvite,
  SipCall,
  SipCallEvents,
  SipDestination,
  SipDialog,
  SipDialogId,
  SipDialogSnapshot,
  SipPeer,
  SipReferral,
  SipRequestError,
} from '../../../sip-stack/index.ts';

/** A call at a gateway whose answers the test gives. Confirms a cancel or bye at once unless told not to. */
export class FakeSipCall extends EventEmitter<SipCallEvents> implements SipCall {
  readonly sipCallId = 'sip-call';
  readonly request: OutgoingInvite;
  readonly commands: string[] = [];
  isSilent = false;
  readonly dialogId: SipDialogId = { callId: 'sip-call', localTag: 'ours', remoteTag: 'theirs' };
  allowedMethods: readonly string[] = [];
  reinviteError: SipRequestError | null = null;
  /** What the gateway answers to an offer of ours. */
  answerTo = (offer: string): string => `answer to ${offer}`;
  /** Our REFERs, whose events the test emits. */
  readonly referrals: SipReferral[] = [];

  constructor(request: OutgoingInvite) {
    super();
    this.request = request;
  }

  cancel(): void {
    this.commands.push('cancel');
    if (!this.isSilent) this.emit('failed', { kind: 'cancelled' });
  }

  bye(): void {
    this.commands.push('bye');
    if (!this.isSilent) this.emit('ended', { by: 'local', status: 200 });
  }

  snapshot(): SipDialogSnapshot | null {
    return null;
  }

  async reinvite(offer: string): Promise<string> {
    this.commands.push(`reinvite ${offer}`);
    if (this.reinviteError) throw this.reinviteError;
    return this.answerTo(offer);
  }

  refer({ user, replaces }: Parameters<SipDialog['refer']>[0]): SipReferral {
    this.commands.push(`refer ${user}${replaces ? ` replacing ${replaces.callId}` : ''}`);
    const referral: SipReferral = new EventEmitter();
    this.referrals.push(referral);
    return referral;
  }

  async sendInfoDtmf(digit: string): Promise<void> {
    this.commands.push(`info ${digit}`);
  }

  fail(status: number, more: Partial<Extract<InviteFailure, { kind: 'response' }>> = {}): void {
    this.emit('failed', { kind: 'response', status, reason: '', ...more });
  }
}

export class FakeSip {
  readonly calls: FakeSipCall[] = [];
  /** Addresses that a gateway's name stands for, or why it stands for none; absent: as its entry says. */
  readonly places = new Map<string, readonly string[] | Error>();
  /** Addresses that somebody said were not there. */
  readonly failures: string[] = [];

  invite(request: OutgoingInvite): SipCall {
    const call = new FakeSipCall(request);
    this.calls.push(call);
    return call;
  }

  async locate({ id, addresses }: SipPeer): Promise<readonly SipDestination[]> {
    const places = this.places.get(id) ?? addresses.map(({ host }) => host);
    if (places instanceof Error) throw places;
    return places.map((address) => ({ transport: 'udp', address, port: 5060, host: address }));
  }

  noteFailure({ address }: SipDestination): void {
    this.failures.push(address);
  }

  /** Where each INVITE went: the gateway's id and the address. */
  get tried(): string[] {
    return this.calls.map(({ request }) => `${request.peer.id} ${request.destination?.address}`);
  }

  /** The last call that was invited. */
  get last(): FakeSipCall {
    const call = this.calls.at(-1);
    if (!call) throw new Error('no INVITE was sent');
    return call;
  }
}

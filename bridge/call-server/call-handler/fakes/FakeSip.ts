import { EventEmitter } from 'node:events';
import type { InviteFailure, OutgoingInvite, SipCall, SipCallEvents } from '../../../sip-stack/index.ts';

/** A call at a gateway whose answers the test gives. Confirms a cancel or bye at once unless told not to. */
export class FakeSipCall extends EventEmitter<SipCallEvents> implements SipCall {
  readonly sipCallId = 'sip-call';
  readonly request: OutgoingInvite;
  readonly commands: string[] = [];
  isSilent = false;

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

  async sendInfoDtmf(digit: string): Promise<void> {
    this.commands.push(`info ${digit}`);
  }

  fail(status: number, more: Partial<Extract<InviteFailure, { kind: 'response' }>> = {}): void {
    this.emit('failed', { kind: 'response', status, reason: '', ...more });
  }
}

export class FakeSip {
  readonly calls: FakeSipCall[] = [];

  invite(request: OutgoingInvite): SipCall {
    const call = new FakeSipCall(request);
    this.calls.push(call);
    return call;
  }

  /** The last call that was invited. */
  get last(): FakeSipCall {
    const call = this.calls.at(-1);
    if (!call) throw new Error('no INVITE was sent');
    return call;
  }
}

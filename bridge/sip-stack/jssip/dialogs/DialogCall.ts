import { EventEmitter } from 'node:events';
import type { Logger } from '../../../observability/index.ts';
import {
  type SipDialog,
  type SipDialogId,
  type SipDialogSnapshot,
  type SipReferral,
  SipRequestError,
} from '../../port/index.ts';
import type { ServerTransaction } from '../../transport/index.ts';
import type { CallDialog } from './CallDialog.ts';

/** What calls of both directions offer alike. */
export abstract class DialogCall<Events extends Record<keyof Events, unknown[]>>
  extends EventEmitter<Events>
  implements SipDialog
{
  abstract readonly sipCallId: string;
  protected abstract readonly logger: Logger;
  protected abstract readonly dialog: CallDialog;
  /** Answered, acknowledged, and not yet ending. */
  protected abstract readonly isUp: boolean;

  get dialogId(): SipDialogId | null {
    return this.dialog.established.id;
  }

  get allowedMethods(): readonly string[] {
    return this.dialog.established.abilities.methods;
  }

  snapshot(): SipDialogSnapshot | null {
    return this.isUp ? this.dialog.established.snapshot() : null;
  }

  reinvite(offer: string | (() => Promise<string>)): Promise<string> {
    if (!this.isUp) return Promise.reject(new SipRequestError({ status: null, reason: 'the call is not up' }));
    return this.dialog.established.reinvite(offer);
  }

  refer(to: Parameters<SipDialog['refer']>[0]): SipReferral {
    if (!this.isUp) throw new SipRequestError({ status: null, reason: 'the call is not up' });
    return this.dialog.established.refer(to);
  }

  sendInfoDtmf(digit: string, durationMs: number): Promise<void> {
    if (!this.isUp) return Promise.reject(new Error('the call is not up'));
    return this.dialog.sendDigit(digit, durationMs);
  }

  /** A listener that throws must not make JsSIP give up the call, within whose promises this may run. */
  protected tell(emit: () => void): void {
    try {
      emit();
    } catch (error) {
      this.logger.error({ error, sipCallId: this.sipCallId }, 'a listener of a SIP call failed');
    }
  }

  /** A request of the gateway in this call. */
  receive(transaction: ServerTransaction): void {
    this.dialog.receive(transaction);
  }
}

import type { CallId } from '../../../../../shared/domain/index.ts';
import type { MediaSession } from '../../../../media-relay/index.ts';
import type { GatewaySide } from '../../gateway-leg/index.ts';
import type { CallHold } from '../hold/CallHold.ts';

/** A call as the one sees it that is joined with it, or passed on to its other party. */
export interface JoinableCall {
  readonly callId: CallId;
  /** Of its other party: E.164 where it could be read; empty: withheld. */
  readonly otherNumber: string;
  readonly media: MediaSession;
  readonly gatewayLeg: Pick<GatewaySide, 'gateway' | 'dialog' | 'sendDtmf' | 'on'>;
  readonly hold: Pick<CallHold, 'makeReady'>;
  readonly isOver: boolean;
  /** The person has passed it on, to this number, and it goes on without them. */
  leavePerson(transferredTo: string): void;
  /** The person has passed it on, and its gateway has it no longer from us. */
  endTransferred(transferredTo: string): void;
  hangUp(): void;
  /** Calls once, when nobody talks in it any more; at once where that is so already. */
  onOver(listener: () => void): void;
}

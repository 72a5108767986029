import type { ErrorCode } from '../../../shared/errors/index.ts';
import type { NotificationName, NotificationPayload } from '../../../shared/protocol/index.ts';
import type { MediaSession } from '../../media-relay/index.ts';
import type { GatewaySide } from './gateway-leg/index.ts';
import type { CallReporter } from './reports/CallReporter.ts';

/** A call as somebody who looks on sees it. */
export interface WatchedCall {
  readonly media: MediaSession;
  readonly gatewayLeg: GatewaySide;
  /** `status` has its id. */
  readonly reporter: Pick<CallReporter, 'status' | 'event' | 'change' | 'progressed'>;
  /** To whichever device has the call; to nobody while none is connected. */
  notify<Name extends NotificationName>(name: Name, payload: NotificationPayload<Name>): void;
  /** The call has lost its reason: it is ended by us. Ignored once it is over. */
  end(errorCode: ErrorCode): void;
}

export interface CallWatch {
  /** Called once, when the call is over: before its audio and its record are closed. */
  close(): void;
}

/** Looks on while a call runs (how its audio is, whether there still is any), from its request to its end. */
export type CallWatcher = (call: WatchedCall) => CallWatch;

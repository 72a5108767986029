import type { SipRequest } from '../../message/index.ts';
import type { Link } from '../links/Link.ts';
import type { SipRoute } from '../SipTransportLayer.ts';
import type { TimerSet } from '../TimerSet.ts';

/** A request and its way. */
export interface SentRequest {
  /** With our Via on top. */
  readonly request: SipRequest;
  readonly route: SipRoute;
  readonly link: Link;
}

export interface ClientTransactionDeps extends SentRequest {
  readonly timers: TimerSet;
  /** Called for every message that goes out again. */
  readonly onRetransmission: () => void;
  /** Called once, before `terminated` is emitted. */
  readonly onTerminated: () => void;
}

export interface InviteClientTransactionDeps extends ClientTransactionDeps {
  /** Sends a CANCEL in a transaction of its own. */
  readonly sendCancel: (cancel: SipRequest) => void;
  /** Puts a Via of its own on an ACK and opens its way; the link's messages may be sent again. */
  readonly openAck: (ack: SipRequest, route: SipRoute) => { text: string; link: Link };
}

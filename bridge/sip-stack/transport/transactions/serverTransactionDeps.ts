import type { SipRequest } from '../../message/index.ts';
import type { Link } from '../links/Link.ts';
import type { SipSource } from '../SipTransportLayer.ts';
import type { TimerSet } from '../TimerSet.ts';

export interface ServerTransactionDeps {
  /** With `received` and `rport` in its top Via. */
  readonly request: SipRequest;
  readonly source: SipSource;
  readonly local: { readonly host: string; readonly port: number };
  readonly link: Link;
  readonly timers: TimerSet;
  /** Called for every message that goes out again. */
  readonly onRetransmission: () => void;
  /** Called once, before `terminated` is emitted. */
  readonly onTerminated: () => void;
}

export interface InviteServerTransactionDeps extends ServerTransactionDeps {
  /** Lets the ACK of a 2xx, which comes in a transaction of its own, find this one; called with the response's To tag. */
  readonly onAccepted: (toTag: string) => void;
}

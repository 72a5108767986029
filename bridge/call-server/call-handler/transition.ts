import type { CallState } from '../../../shared/domain/index.ts';

/**
 * The life of a call, for both legs together; first that of one that a person dials.
 *
 *   requested ──gatewayTried──► dialing ──rang──► ringing ─┐
 *       │                        │  ▲ │              │  ▲   │ earlyMediaOpened
 *       │           gatewayTried └──┘ └─earlyMedia─┐ │  │   ▼
 *       │              (failover)        Opened    │ │ earlyMedia ──gatewayTried──► dialing
 *       │                                          ▼ │   │
 *       │                                  earlyMedia│   │
 *       │                                     │      │   │
 *       │                               answered     answered
 *       │                                     ▼      ▼   ▼
 *       │                                    established
 *       │                                         │
 *       ├── hangUpRequested ──► disconnecting ◄───┘ hangUpRequested
 *       │                            │
 *       └── finished ──► ended ◄─────┘ finished          (finished leads from every state to ended)
 *
 * One that a gateway makes goes another way to its answer. `rang`: the first device rings. Where it goes on to a telephone, gateways
 * are tried for that, and what they say is the same as above.
 *
 *   requested ──rang──► ringing ──answered──► established
 *       │                 ▲ │
 *       │            rang └─┘ gatewayTried (goes on ringing)
 *       └──gatewayTried──► dialing ──► as above
 *
 * A gateway that is tried after another has rung does not take the ringing back: the caller hears one ringing.
 * In `disconnecting` what the gateway still reports changes nothing any more. Hold is an axis of its own and not here (`in-call/hold`).
 * A call that is passed on stays `established`, with another party: at its gateway, by another one (`in-call/succession`), or joined with
 * another call (`in-call/transfer`), and then it has ended for the person alone.
 */
export type CallEventType =
  /** An INVITE of ours goes to a gateway: the first, or the next in a failover. */
  | 'gatewayTried'
  /** 180 or another 18x without audio; of a call that comes in: somebody's device rings. */
  | 'rang'
  /** 18x with SDP: the gateway sends audio before the answer (RFC 3960). */
  | 'earlyMediaOpened'
  /** 2xx, whoever sent it. */
  | 'answered'
  /** Somebody on our side wants the call to end and the gateway has to be told. */
  | 'hangUpRequested'
  /** Nothing is left of the call at the gateway. */
  | 'finished';

const moves = {
  requested: { gatewayTried: 'dialing', rang: 'ringing', hangUpRequested: 'disconnecting', finished: 'ended' },
  dialing: {
    gatewayTried: 'dialing',
    rang: 'ringing',
    earlyMediaOpened: 'earlyMedia',
    answered: 'established',
    hangUpRequested: 'disconnecting',
    finished: 'ended',
  },
  ringing: {
    gatewayTried: 'ringing',
    rang: 'ringing',
    earlyMediaOpened: 'earlyMedia',
    answered: 'established',
    hangUpRequested: 'disconnecting',
    finished: 'ended',
  },
  earlyMedia: {
    gatewayTried: 'dialing',
    rang: 'earlyMedia',
    earlyMediaOpened: 'earlyMedia',
    answered: 'established',
    hangUpRequested: 'disconnecting',
    finished: 'ended',
  },
  established: { hangUpRequested: 'disconnecting', finished: 'ended' },
  disconnecting: {
    rang: 'disconnecting',
    earlyMediaOpened: 'disconnecting',
    answered: 'disconnecting',
    hangUpRequested: 'disconnecting',
    finished: 'ended',
  },
  ended: {},
} as const satisfies Record<CallState, Partial<Record<CallEventType, CallState>>>;

export class IllegalTransitionError extends Error {
  constructor(state: CallState, event: CallEventType) {
    super(`a call that is ${state} cannot have ${event}`);
    this.name = 'IllegalTransitionError';
  }
}

/** The state after `event`. @throws IllegalTransitionError where the drawing has no such move. */
export function transition(state: CallState, event: CallEventType): CallState {
  const next: CallState | undefined = (moves[state] as Partial<Record<CallEventType, CallState>>)[event];
  if (next === undefined) throw new IllegalTransitionError(state, event);
  return next;
}

import type { CallId, CallState } from '../../../../shared/domain/index.ts';
import type { CallEnd, CallStatus } from '../../../../shared/protocol/index.ts';
import type { CallClosing } from '../../../storage/index.ts';
import type { CallHandlerDeps } from '../CallHandlerDeps.ts';
import { type CallEventType, transition } from '../transition.ts';

export interface CallReporterDeps {
  readonly log: CallHandlerDeps['log'];
  /** Tells the client. */
  readonly notify: (status: CallStatus) => void;
}

/** What is known of a call before anything happens in it. */
export type FirstFacts = Pick<CallStatus, 'callId' | 'direction' | 'calledNumber' | 'callingNumber'> & {
  readonly calledName: string | null;
  readonly requestedAtMs: number;
};

/** What others are told of a call: its status to the client, its progress and its events to the call logger. */
export class CallReporter {
  readonly #deps: CallReporterDeps;
  readonly #callId: CallId;
  #status: CallStatus;
  /** The client has yet to hear of the last changes. */
  #isStatusDue = false;
  /** The call is none of the client's any more. */
  #hasLeft = false;

  constructor(deps: CallReporterDeps, facts: FirstFacts) {
    this.#deps = deps;
    this.#callId = facts.callId;
    this.#status = firstStatus(facts);
  }

  /** As it is now, told or not. */
  get status(): CallStatus {
    return this.#status;
  }

  /** What the call's state becomes by `event`. @throws IllegalTransitionError */
  stateAfter(event: CallEventType): CallState {
    return transition(this.#status.state, event);
  }

  /** What changes in one turn goes out as one status. */
  change(change: Partial<CallStatus>): void {
    this.#status = { ...this.#status, ...change };
    if (this.#isStatusDue) return;
    this.#isStatusDue = true;
    queueMicrotask(() => this.tellStatus());
  }

  /** Somebody else talks with the person from now on. The record keeps who it was at first. */
  otherPartyChanged(number: string): void {
    const { calledName, callingName, ...status } = this.#status;
    const isOutgoing = status.direction === 'outgoing';
    this.#status = { ...status, ...(!isOutgoing && calledName !== undefined && { calledName }) };
    this.change(isOutgoing ? { calledNumber: number } : { callingNumber: number });
  }

  /** Tells the client at once what it hasn't been told yet. */
  tellStatus(): void {
    if (!this.#isStatusDue) return;
    this.#isStatusDue = false;
    this.#status = { ...this.#status, revision: this.#status.revision + 1 };
    if (!this.#hasLeft) this.#deps.notify(this.#status);
  }

  /** For the client the call ends here, and it is told nothing more of it; the call itself goes on. */
  leaveClient(end: CallEnd, endedAt: number): void {
    if (this.#hasLeft) return;
    this.#hasLeft = true;
    const { status } = this;
    this.#deps.notify({
      ...{ ...status, revision: status.revision + 1, state: 'ended', end, endedAt },
      ...{ isOnHold: false, transfer: null, limit: null },
    });
  }

  event(type: string, detail: Readonly<Record<string, unknown>> = {}): void {
    this.#deps.log.event(this.#callId, type, { state: this.#status.state, detail });
  }

  progressed(progress: Parameters<CallReporterDeps['log']['progressed']>[1]): void {
    this.#deps.log.progressed(this.#callId, progress);
  }

  ended(closing: CallClosing): void {
    this.#deps.log.ended(this.#callId, closing);
  }
}

function firstStatus({ calledName, requestedAtMs, ...facts }: FirstFacts): CallStatus {
  return {
    ...facts,
    revision: 0,
    state: 'requested',
    ...(calledName !== null && { calledName }),
    hasEarlyMedia: false,
    codec: null,
    mediaWay: 'relay',
    isMuted: false,
    isOnHold: false,
    isHeldByOther: false,
    referral: null,
    transfer: null,
    requestedAt: requestedAtMs,
    answeredAt: null,
    endedAt: null,
    end: null,
    limit: null,
  };
}

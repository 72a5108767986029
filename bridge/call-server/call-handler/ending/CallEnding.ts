import { EventEmitter } from 'node:events';
import type { ErrorCode } from '../../../../shared/errors/index.ts';
import { type Clock, drop, type Logger, type Timer } from '../../../observability/index.ts';
import type { GatewayLegEnd } from '../gateway-leg/index.ts';
import type { CallReporter } from '../reports/CallReporter.ts';
import type { CallDeadline, Deadline } from './CallDeadline.ts';
import { reportEnd } from './reportEnd.ts';
import type { HandlerEnd } from './toCallEnd.ts';

/** How long the gateway may take to confirm the end before the call is closed without that. */
const disconnectGraceMs = 2000;

export interface CallEndingDeps {
  readonly reporter: CallReporter;
  readonly deadline: CallDeadline;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Tells the gateways that the call is over; `finish` is called when one has confirmed it. Called at most once. */
  readonly hangUp: () => void;
  /** Stops the timers of the legs: nothing is waited for any more. May be called twice. */
  readonly stopWaiting: () => void;
  /** Frees the media. Called once. */
  readonly free: () => Promise<void>;
}

export interface CallEndingOptions {
  readonly calledNumber: string;
  readonly requestedAtMs: number;
  /** When the caller first heard that something happens (ringing, early media, answer); null: never yet. */
  readonly firstProgressAtMs: () => number | null;
}

export interface CallEndingEvents {
  /** It is we who end the call, and the gateway is about to be told. At most once, before `ended`. */
  ending: [];
  /** The call is over: nobody has talked in it from this time on. Exactly once, before `closed`. */
  ended: [atMs: number];
  /** Terminal, exactly once: the call holds nothing any more. */
  closed: [];
}

/** Every way in which a call comes to its end, whoever called and whatever is on its two sides. */
export class CallEnding extends EventEmitter<CallEndingEvents> {
  readonly #deps: CallEndingDeps;
  readonly #options: CallEndingOptions;
  /** Runs while the gateway is to confirm the end. */
  #graceTimer: Timer | undefined;
  /** Why and since when we end the call, when it is we who do; the gateway's confirmation doesn't change it. */
  #intended: { readonly end: HandlerEnd; readonly atMs: number } | null = null;

  constructor(deps: CallEndingDeps, options: CallEndingOptions) {
    super();
    this.#deps = deps;
    this.#options = options;
    deps.deadline.on('reached', (deadline) => this.#limitReached(deadline));
  }

  get isOver(): boolean {
    const { state } = this.#deps.reporter.status;
    return state === 'ended' || state === 'disconnecting';
  }

  get isAnswered(): boolean {
    return this.#deps.reporter.status.answeredAt !== null;
  }

  /** An error of ours ends the call. */
  because(errorCode: ErrorCode): void {
    this.end({ outcome: this.isAnswered ? 'answered' : 'failed', by: 'bridge', errorCode });
  }

  /** We end the call, from whatever state it is in; the first reason counts. */
  end(end: HandlerEnd, atMs = this.#deps.clock.now()): void {
    const { reporter, deadline, clock } = this.#deps;
    if (this.#intended || reporter.status.state === 'ended') return;
    this.#intended = { end, atMs };
    const state = reporter.stateAfter('hangUpRequested');
    deadline.close();
    this.#deps.stopWaiting();
    this.#graceTimer = clock.setTimeout(() => this.finish(end), disconnectGraceMs);
    reporter.change({ state });
    this.emit('ending');
    this.#deps.hangUp();
  }

  /** Nothing is left of the call at the gateway. Idempotent. */
  finish(legEnd: GatewayLegEnd): void {
    const { reporter, deadline, clock, logger } = this.#deps;
    if (reporter.status.state === 'ended') return;
    const intended = this.#intended;
    // Who hung up has said the last word; how long the gateway takes to confirm it is no talking time.
    const endedAtMs = intended?.atMs ?? clock.now();
    clock.clearTimeout(this.#graceTimer);
    deadline.close();
    this.#deps.stopWaiting();
    const { firstProgressAtMs, ...facts } = this.#options;
    reportEnd(reporter, intended ? { ...legEnd, ...intended.end } : legEnd, {
      ...facts,
      endedAtMs,
      firstProgressAtMs: firstProgressAtMs(),
    });
    this.emit('ended', endedAtMs);
    drop(this.#free(), logger, 'closing the media of a call');
  }

  #limitReached({ errorCode, endsAtMs, retryAtMs }: Deadline): void {
    const nowMs = this.#deps.clock.now();
    const retry = retryAtMs !== null && { retryAfterMs: Math.max(0, retryAtMs - nowMs) };
    // What passed since the limit, until our timer ran, is on nobody's account; but a call can't have ended before its answer.
    const atMs = Math.max(this.#deps.reporter.status.answeredAt ?? nowMs, Math.min(endsAtMs, nowMs));
    this.end({ outcome: 'answered', by: 'bridge', errorCode, ...retry }, atMs);
  }

  async #free(): Promise<void> {
    try {
      await this.#deps.free();
    } finally {
      this.emit('closed');
    }
  }
}

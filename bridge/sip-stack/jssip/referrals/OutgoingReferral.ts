import { EventEmitter } from 'node:events';
import type { SipReferralEvents, SipRequestFailure } from '../../port/index.ts';

interface OutgoingReferralDeps {
  /** Runs once after the delay; returns how to stop it. */
  readonly startTimer: (delayMs: number, callback: () => void) => () => void;
  /** Takes what a listener throws. */
  readonly onListenerError: (error: unknown) => void;
}

/** So long nothing may be heard of the call that we asked for. */
const SILENCE_MS = 60_000;

/**
 * One REFER of ours (RFC 3515 section 2.4).
 *
 *   asked --2xx, NOTIFY--> accepted --NOTIFY with a final status, or the last one; 60 s of silence--> over
 *      \------ refused, unanswered, the call ended ---------------------------------------------------^
 */
export class OutgoingReferral {
  readonly events = new EventEmitter<SipReferralEvents>();
  /** Numbers that it left with: again after a challenge. A NOTIFY names the last by its Event id. */
  readonly sequences = new Set<number>();
  readonly #deps: OutgoingReferralDeps;
  #state: 'asked' | 'accepted' | 'over' = 'asked';
  #stopTimer: () => void = () => {};

  constructor(deps: OutgoingReferralDeps) {
    this.#deps = deps;
  }

  get isOver(): boolean {
    return this.#state === 'over';
  }

  accept(): void {
    if (this.#state !== 'asked') return;
    this.#state = 'accepted';
    this.#waitForNews();
    this.#tell(() => this.events.emit('accepted'));
  }

  /** A NOTIFY. `status` is null where it says nothing readable. */
  take(status: number | null, isLast: boolean): void {
    // It may come before the 202 (RFC 3515 section 2.4.4).
    this.accept();
    if (this.#state === 'over') return;
    this.#waitForNews();
    if (status !== null && status >= 200) this.#conclude(status);
    else if (isLast) this.fail({ status: null, reason: 'the gateway did not say what became of the transfer' });
    else if (status !== null) this.#tell(() => this.events.emit('progressed', { status }));
  }

  fail(failure: SipRequestFailure): void {
    if (this.#over()) this.#tell(() => this.events.emit('failed', failure));
  }

  /** The call has ended: nothing is told any more. */
  close(): void {
    this.#over();
  }

  #conclude(status: number): void {
    if (status >= 300) this.fail({ status, reason: 'the call that was asked for failed' });
    else if (this.#over()) this.#tell(() => this.events.emit('succeeded'));
  }

  #waitForNews(): void {
    this.#stopTimer();
    this.#stopTimer = this.#deps.startTimer(SILENCE_MS, () =>
      this.fail({ status: null, reason: 'nothing was heard of the transfer' }),
    );
  }

  #over(): boolean {
    if (this.#state === 'over') return false;
    this.#state = 'over';
    this.#stopTimer();
    return true;
  }

  #tell(emit: () => void): void {
    try {
      emit();
    } catch (error) {
      this.#deps.onListenerError(error);
    }
  }
}

import { EventEmitter } from 'node:events';
import type { ErrorCode } from '../../../../shared/errors/index.ts';
import type { Clock, Timer } from '../../../observability/index.ts';

/** When a call will have used up what a limit per day leaves, if nothing changes before. */
export interface BudgetEnd {
  /** Milliseconds since the epoch; may be past. */
  readonly endsAtMs: number;
  readonly errorCode: Extract<ErrorCode, 'dailyMinutesReached' | 'dailyCostReached'>;
  /** When there is a budget again; null where that is not known. */
  readonly retryAtMs: number | null;
}

/** The moment at which a call is ended by a limit. */
export interface Deadline extends Omit<BudgetEnd, 'errorCode'> {
  readonly errorCode: BudgetEnd['errorCode'] | 'maxDurationReached';
}

export interface CallDeadlineEvents {
  /** The call will be ended soon; again when that time or its reason changes. */
  warned: [Deadline];
  /** It won't be soon any more: the budget is larger than it was. */
  withdrawn: [];
  /** Now. Nothing follows. */
  reached: [Deadline];
}

export interface CallDeadlineOptions {
  /** From the answer on, in milliseconds. */
  readonly maxDurationMs: number;
}

/** How long before its end a call is warned, in milliseconds; where it may last less than twice as long, at half its time. */
const warningMs = 60_000;

/** Timers of the runtime hold 31 bits. */
const longestTimerMs = 2 ** 31 - 1;

/** Watches the limits that end an answered call: its maximum duration, and budgets per day that it uses up. */
export class CallDeadline extends EventEmitter<CallDeadlineEvents> {
  readonly #clock: Clock;
  readonly #maxDurationMs: number;
  #answeredAtMs: number | null = null;
  #budgetEnd: BudgetEnd | null = null;
  /** What was warned of last, and still holds. */
  #warned: Deadline | null = null;
  #timer: Timer | undefined;
  #isClosed = false;

  constructor(deps: { readonly clock: Clock }, options: CallDeadlineOptions) {
    super();
    this.#clock = deps.clock;
    this.#maxDurationMs = options.maxDurationMs;
  }

  /** The call is answered: limits count from now on. */
  start(answeredAtMs: number): void {
    this.#answeredAtMs = answeredAtMs;
    this.#look();
  }

  /** Replaces what was known of the budget; null: none that this call will use up. */
  setBudget(end: BudgetEnd | null): void {
    this.#budgetEnd = end;
    this.#look();
  }

  /** Stops the timer; nothing is emitted any more. Idempotent. */
  close(): void {
    this.#isClosed = true;
    this.#clock.clearTimeout(this.#timer);
  }

  #look(): void {
    if (this.#isClosed || this.#answeredAtMs === null) return;
    this.#clock.clearTimeout(this.#timer);
    const { deadline, warnAtMs } = this.#nearest(this.#answeredAtMs);
    const nowMs = this.#clock.now();
    if (nowMs >= deadline.endsAtMs) {
      this.close();
      this.emit('reached', deadline);
      return;
    }
    // A timer that ran a moment early, or that can't reach so far, looks again.
    const nextMs = (nowMs < warnAtMs ? warnAtMs : deadline.endsAtMs) - nowMs;
    this.#timer = this.#clock.setTimeout(() => this.#look(), Math.min(nextMs, longestTimerMs));
    if (nowMs >= warnAtMs) this.#warn(deadline);
    else this.#withdraw();
  }

  /** Of two ends at the same time that of the call itself counts. */
  #nearest(answeredAtMs: number): { deadline: Deadline; warnAtMs: number } {
    const endsAtMs = answeredAtMs + this.#maxDurationMs;
    const budgetEnd = this.#budgetEnd;
    if (budgetEnd !== null && budgetEnd.endsAtMs < endsAtMs) {
      return { deadline: budgetEnd, warnAtMs: budgetEnd.endsAtMs - warningMs };
    }
    return {
      deadline: { endsAtMs, errorCode: 'maxDurationReached', retryAtMs: null },
      warnAtMs: endsAtMs - Math.min(warningMs, Math.floor(this.#maxDurationMs / 2)),
    };
  }

  #warn(deadline: Deadline): void {
    const before = this.#warned;
    if (before?.endsAtMs === deadline.endsAtMs && before.errorCode === deadline.errorCode) return;
    this.#warned = deadline;
    this.emit('warned', deadline);
  }

  #withdraw(): void {
    if (this.#warned === null) return;
    this.#warned = null;
    this.emit('withdrawn');
  }
}

import type { CallId, CallServerId } from '../../../../shared/domain/index.ts';
import { type Clock, drop, type Logger, type Timer } from '../../../observability/index.ts';
import type { UsageClaim, UsageExhaustion, UsageStore } from '../../../storage/index.ts';
import type { BudgetEnd } from '../../call-handler/index.ts';
import { limitCodes } from './toRefusal.ts';

export interface BudgetPlanDeps {
  readonly usage: Pick<UsageStore, 'exhaustions' | 'onChange'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface BudgetPlanOptions {
  readonly callServerId: CallServerId;
}

/** A talking call with limits per day. */
export interface BudgetedCall {
  readonly callId: CallId;
  readonly claims: readonly UsageClaim[];
  /** Called when the plan for this call changes. */
  readonly onBudget: (end: BudgetEnd | null) => void;
}

/**
 * The plan is looked at again after this time though nothing is said to have changed, in milliseconds: the store sees how far calls
 * have come should this process die, and a change on another call server that was not heard of counts after that.
 */
const lookAgainMs = 60_000;

/**
 * Knows when each talking call of this call server will have used up a limit per day, by what the store says of all calls that
 * share it, and tells the calls. Planned anew after each change; changes during the planning are planned together.
 */
export class BudgetPlan {
  readonly #deps: BudgetPlanDeps;
  readonly #options: BudgetPlanOptions;
  readonly #calls = new Map<CallId, BudgetedCall>();
  readonly #told = new Map<CallId, BudgetEnd>();
  readonly #stopListening: () => void;
  #timer: Timer | undefined;
  #isPlanning = false;
  #isStale = false;
  #isFailing = false;

  constructor(deps: BudgetPlanDeps, options: BudgetPlanOptions) {
    this.#deps = deps;
    this.#options = options;
    this.#stopListening = deps.usage.onChange(() => this.#planAnew());
  }

  add(call: BudgetedCall): void {
    this.#calls.set(call.callId, call);
    this.#planAnew();
  }

  remove(callId: CallId): void {
    this.#told.delete(callId);
    if (this.#calls.delete(callId) && this.#calls.size === 0) this.#deps.clock.clearTimeout(this.#timer);
  }

  /** Nothing is told any more. Idempotent. */
  close(): void {
    this.#stopListening();
    this.#calls.clear();
    this.#told.clear();
    this.#deps.clock.clearTimeout(this.#timer);
  }

  #planAnew(): void {
    this.#isStale = this.#calls.size > 0;
    if (this.#isPlanning || !this.#isStale) return;
    this.#isPlanning = true;
    drop(this.#planUntilCurrent(), this.#deps.logger, 'planning the ends of calls by their limits');
  }

  async #planUntilCurrent(): Promise<void> {
    try {
      while (this.#isStale) {
        this.#isStale = false;
        await this.#plan();
      }
    } finally {
      this.#isPlanning = false;
      this.#lookAgainLater();
    }
  }

  /** While the store can't be read the last plan holds, and a warning says so once. */
  async #plan(): Promise<void> {
    const { usage, clock, logger } = this.#deps;
    let exhaustions: readonly UsageExhaustion[];
    try {
      exhaustions = await usage.exhaustions(this.#options.callServerId, clock.now());
      this.#isFailing = false;
    } catch (error) {
      if (!this.#isFailing)
        logger.warn({ error }, 'The use of limits can’t be read; running calls go by the last plan');
      this.#isFailing = true;
      return;
    }
    const byCall = new Map(exhaustions.map((exhaustion) => [exhaustion.callId, exhaustion]));
    for (const call of [...this.#calls.values()]) this.#tell(call, byCall.get(call.callId));
  }

  #tell(call: BudgetedCall, exhaustion: UsageExhaustion | undefined): void {
    // A call that was told before may have ended others.
    if (this.#calls.get(call.callId) !== call) return;
    const before = this.#told.get(call.callId);
    if (exhaustion === undefined) {
      if (before !== undefined && this.#told.delete(call.callId)) call.onBudget(null);
      return;
    }
    const end = toBudgetEnd(exhaustion, call.claims);
    if (before?.endsAtMs === end.endsAtMs && before.errorCode === end.errorCode) return;
    this.#told.set(call.callId, end);
    call.onBudget(end);
  }

  #lookAgainLater(): void {
    const { clock } = this.#deps;
    clock.clearTimeout(this.#timer);
    if (this.#calls.size === 0) return;
    this.#timer = clock.setTimeout(() => this.#planAnew(), this.#isFailing ? 1000 : lookAgainMs);
    this.#timer.unref();
  }
}

function toBudgetEnd({ meterId, limit, atMs }: UsageExhaustion, claims: readonly UsageClaim[]): BudgetEnd {
  const day = claims.find((claim) => claim.meterId === meterId)?.day;
  const dayEnds = day === undefined ? [] : [day.toMs, ...(day.laterEndsMs ?? [])];
  return {
    endsAtMs: Math.floor(atMs),
    errorCode: limitCodes[limit],
    retryAtMs: dayEnds.find((endMs) => atMs < endMs) ?? null,
  };
}

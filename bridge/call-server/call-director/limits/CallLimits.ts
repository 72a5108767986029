import type { CallId, CallServerId } from '../../../../shared/domain/index.ts';
import type { Clock, Logger } from '../../../observability/index.ts';
import type { UsageRefusal, UsageStore } from '../../../storage/index.ts';
import type { BudgetEnd } from '../../call-handler/index.ts';
import type { Authorization } from '../Authorization.ts';
import { BudgetPlan } from './BudgetPlan.ts';
import { type CallAdmission, unlimited } from './CallAdmission.ts';
import { toRefusal } from './toRefusal.ts';
import { UsageReports } from './UsageReports.ts';

export interface CallLimitsDeps {
  readonly usage: Pick<UsageStore, 'admit' | 'answered' | 'ended' | 'exhaustions' | 'endAll' | 'onChange'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface CallLimitsOptions {
  readonly callServerId: CallServerId;
}

type CallTerms = Pick<Authorization, 'claims' | 'price'>;

/**
 * Holds calls to their limits: each call needs a place at all the meters that its authorization names, keeps it until it ends,
 * and is told when it will have used up what a day allows. The counting is the usage store's, shared by all call servers.
 */
export class CallLimits {
  readonly #deps: CallLimitsDeps;
  readonly #options: CallLimitsOptions;
  readonly #reports: UsageReports;
  readonly #plan: BudgetPlan;

  /** To be called before the first call: gives back the places that an earlier run of this call server left taken. */
  static async create(deps: CallLimitsDeps, options: CallLimitsOptions): Promise<CallLimits> {
    await deps.usage.endAll(options.callServerId, deps.clock.now());
    return new CallLimits(deps, options);
  }

  private constructor(deps: CallLimitsDeps, options: CallLimitsOptions) {
    this.#deps = deps;
    this.#options = options;
    this.#reports = new UsageReports(deps);
    this.#plan = new BudgetPlan(deps, options);
  }

  /**
   * @throws CallRefusal `callsAtOnceReached`, `callRateReached`, `dailyMinutesReached`, `dailyCostReached`, with when a retry can
   * help where that is known; whatever the store throws when it can't be asked
   */
  async admit(callId: CallId, { claims, price }: CallTerms): Promise<CallAdmission> {
    if (claims.length === 0) return unlimited;
    const { usage, clock } = this.#deps;
    const { callServerId } = this.#options;
    const usageId = this.#usageIdOf(callId);
    const atMs = clock.now();
    let refusal: UsageRefusal | null;
    try {
      refusal = await usage.admit({ callId: usageId, callServerId, atMs, claims, price });
    } catch (error) {
      // It may have counted the call all the same.
      void this.#reports.send(usageId, () => usage.ended(usageId, atMs));
      throw error;
    }
    if (refusal !== null) throw toRefusal(refusal, atMs);
    return this.#admissionOf(usageId, claims);
  }

  /** Stores what is left to store. Call it when no call is up any more. Idempotent. */
  async close(): Promise<void> {
    this.#plan.close();
    await this.#reports.close();
  }

  /** Clients make the ids: one that another call server has a call of must not pass for that call, which is counted already. */
  #usageIdOf(callId: CallId): CallId {
    return `${this.#options.callServerId}/${callId}` as CallId;
  }

  #admissionOf(callId: CallId, claims: CallTerms['claims']): CallAdmission {
    const { usage } = this.#deps;
    const hasBudget = claims.some(
      ({ limits }) => limits.talkMsPerDay !== undefined || limits.costMicrosPerDay !== undefined,
    );
    let onBudget: (end: BudgetEnd | null) => void = () => undefined;
    let isEnded = false;
    return {
      onBudget: (listener) => {
        onBudget = listener;
      },
      answered: (atMs) => {
        if (isEnded) return;
        const told = this.#reports.send(callId, () => usage.answered(callId, atMs));
        if (!hasBudget) return;
        void told.then(() => {
          if (!isEnded) this.#plan.add({ callId, claims, onBudget: (end) => onBudget(end) });
        });
      },
      ended: (atMs) => {
        if (isEnded) return;
        isEnded = true;
        this.#plan.remove(callId);
        void this.#reports.send(callId, () => usage.ended(callId, atMs));
      },
    };
  }
}

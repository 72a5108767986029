import type { BudgetEnd } from '../../call-handler/index.ts';

/** The place of one call within its limits. Whoever has it must end it, whatever becomes of the call. */
export interface CallAdmission {
  /**
   * Calls `listener` with when the call will have used up a limit per day, whenever that changes; null: it won't any more.
   * For one listener; calls without such limits never tell anything.
   */
  onBudget(listener: (end: BudgetEnd | null) => void): void;
  /** The call is talking from then on, in milliseconds since the epoch. */
  answered(atMs: number): void;
  /** Gives the place back; what was talked until then stays on the day's account. Only the first time counts. */
  ended(atMs: number): void;
}

/** Of calls that no limit counts. */
export const unlimited: CallAdmission = {
  onBudget: () => undefined,
  answered: () => undefined,
  ended: () => undefined,
};

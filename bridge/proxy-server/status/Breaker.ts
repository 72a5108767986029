/** When calls take a gateway out, and how it gets back. */
export interface BreakerOptions {
  /** How many of the last attempts are looked at. */
  readonly window: number;
  /** No older than this, in milliseconds. */
  readonly windowMs: number;
  /** Fewer attempts say nothing. */
  readonly minAttempts: number;
  /** Share of failed ones that takes it out, above 0 to 1. */
  readonly failureShare: number;
  /** How long it is out the first time, in milliseconds; twice as long at each relapse. */
  readonly outMs: number;
  readonly maxOutMs: number;
  /** Shares of its calls that it gets on its way back, above 0 to 1. */
  readonly shares: readonly number[];
  /** Attempts without failure after which the next share follows. */
  readonly attemptsPerShare: number;
}

interface Attempt {
  readonly atMs: number;
  readonly isFailure: boolean;
}

/** What calls say of a gateway; kept in its status. */
export type Breaker =
  | { readonly kind: 'closed'; readonly attempts: readonly Attempt[] }
  | { readonly kind: 'open'; readonly untilMs: number; readonly relapses: number; readonly problem: string }
  | { readonly kind: 'returning'; readonly step: number; readonly good: number; readonly relapses: number };

export const closedBreaker: Breaker = { kind: 'closed', attempts: [] };

export type AttemptOutcome =
  | { readonly isFailure: false }
  | {
      readonly isFailure: true;
      /** In plain words. */
      readonly problem: string;
    };

/**
 * The breaker after one more attempt to make a call. Pure.
 *
 *          half of the last attempts failed
 *      ┌────────────────────────────────────────┐
 *      │                                        ▼
 *   closed ◄──────────── returning ◄────────── open
 *         the last share   │   ▲   time passed  ▲
 *         went well        └───┘                │
 *                  next share: 5 went well      │
 *                          │                    │
 *                          └────────────────────┘
 *                            one failed: twice as long
 *
 * Attempts while it is open (no other gateway was left, or they had begun before) change nothing.
 */
export function breakerAfter(
  breaker: Breaker,
  outcome: AttemptOutcome,
  { options, nowMs }: { readonly options: BreakerOptions; readonly nowMs: number },
): Breaker {
  const now = breakerAt(breaker, nowMs);
  if (now.kind === 'open') return now;
  if (now.kind === 'returning') {
    if (outcome.isFailure) return opened({ relapses: now.relapses + 1, problem: outcome.problem, options, nowMs });
    const good = now.good + 1;
    if (good < options.attemptsPerShare) return { ...now, good };
    if (now.step + 1 >= options.shares.length) return closedBreaker;
    return { ...now, step: now.step + 1, good: 0 };
  }
  const attempts = [...now.attempts, { atMs: nowMs, isFailure: outcome.isFailure }]
    .filter(({ atMs }) => atMs > nowMs - options.windowMs)
    .slice(-options.window);
  const failed = attempts.filter(({ isFailure }) => isFailure).length;
  const isBad = attempts.length >= options.minAttempts && failed >= attempts.length * options.failureShare;
  if (!outcome.isFailure || !isBad) return { kind: 'closed', attempts };
  const problem = `${failed} of its last ${attempts.length} calls failed: ${outcome.problem}`;
  return opened({ relapses: 0, problem, options, nowMs });
}

/** As time alone changes it. */
export function breakerAt(breaker: Breaker, nowMs: number): Breaker {
  if (breaker.kind !== 'open' || nowMs < breaker.untilMs) return breaker;
  return { kind: 'returning', step: 0, good: 0, relapses: breaker.relapses };
}

/** Of the calls that the gateway would get: 0 to 1. */
export function shareOf(breaker: Breaker, shares: readonly number[]): number {
  if (breaker.kind === 'closed') return 1;
  return breaker.kind === 'open' ? 0 : (shares[breaker.step] ?? 1);
}

function opened(to: {
  readonly relapses: number;
  readonly problem: string;
  readonly options: BreakerOptions;
  readonly nowMs: number;
}): Breaker {
  const { relapses, problem, options, nowMs } = to;
  // The exponent is bounded, so that a gateway that never gets well makes no infinite number.
  const outMs = Math.min(options.maxOutMs, options.outMs * 2 ** Math.min(relapses, 30));
  return { kind: 'open', untilMs: nowMs + outMs, relapses, problem };
}

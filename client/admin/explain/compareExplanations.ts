import type { Explanation } from '../../../shared/admin/index.ts';

/** What a change of the rules does to one call. */
export type Difference =
  /** Refused now, allowed then. */
  | 'opens'
  | 'closes'
  /** The same decision by another rule, or for another reason. */
  | 'otherReason'
  /** Allowed by the same rule, under other limits or with another caller ID. */
  | 'otherTerms'
  | 'same';

export function compareExplanations(now: Explanation, then: Explanation): Difference {
  if (now.decision !== then.decision) return then.decision === 'allow' ? 'opens' : 'closes';
  if (now.matchedRuleId !== then.matchedRuleId || now.error?.code !== then.error?.code) return 'otherReason';
  return termsOf(now) === termsOf(then) ? 'same' : 'otherTerms';
}

function termsOf({ limits, maxDurationMs, callerNumber }: Explanation): string {
  const bounds = limits.map(({ scope, limit, allowed }) => `${scope} ${limit} ${allowed}`);
  return JSON.stringify([bounds, maxDurationMs, callerNumber]);
}

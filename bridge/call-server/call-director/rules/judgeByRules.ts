import type { Rule, RuleMiss } from '../../../../shared/admin/index.ts';
import type { OpeningHours } from '../../../calendar/index.ts';
import type { CompiledRule } from './CompiledRule.ts';
import { missOf, type RuleQuery } from './missOf.ts';

/** What the rules say of a call. */
export interface RuleVerdict {
  /** The first that matches; null: none. */
  readonly matched: Rule | null;
  /** Where none matches: what alone kept an allow rule from it. A time that comes again is told before a number that is blocked. */
  readonly nearMiss:
    | { readonly kind: 'time'; readonly opensAtMs: number | null }
    | { readonly kind: 'highRisk' }
    | null;
}

/** Goes through the rules in order until one matches. `onLooked` is told of each that was looked at, and why it doesn't match. */
export function judgeByRules(
  rules: Iterable<CompiledRule>,
  query: RuleQuery,
  onLooked?: (looked: CompiledRule, miss: RuleMiss | null) => void,
): RuleVerdict {
  const closed = new Set<OpeningHours>();
  let isHighRisk = false;
  for (const compiled of rules) {
    const miss = missOf(compiled, query);
    onLooked?.(compiled, miss);
    const { rule, hours } = compiled;
    if (miss === null) return { matched: rule, nearMiss: null };
    if (rule.action === 'deny') continue;
    if (miss === 'time' && hours) closed.add(hours);
    if (miss === 'highRiskNotNamed' && hours?.isOpen(query.atMs) !== false) isHighRisk = true;
  }
  if (closed.size > 0)
    return { matched: null, nearMiss: { kind: 'time', opensAtMs: firstOpening(closed, query.atMs) } };
  return { matched: null, nearMiss: isHighRisk ? { kind: 'highRisk' } : null };
}

function firstOpening(closed: Iterable<OpeningHours>, atMs: number): number | null {
  let first: number | null = null;
  for (const hours of closed) first = hours.nextOpening(atMs, first ?? undefined) ?? first;
  return first;
}

import type { Rule } from '../../../shared/admin/index.ts';

/** A rule made ready for matching: user names folded, prefixes as a list. */
export interface OrderedRule {
  readonly rule: Rule;
  /** Null: everybody. */
  readonly users: ReadonlySet<string> | null;
  /** Null: everywhere. */
  readonly prefixes: readonly string[] | null;
}

export interface RuleQuery {
  readonly userName: string;
  readonly e164: string;
}

/** The rules in the order in which they are looked at (`order`, then id), made ready for matching. */
export function orderRules(rules: readonly Rule[]): readonly OrderedRule[] {
  return rules
    .toSorted((a, b) => a.order - b.order || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
    .map((rule) => ({
      rule,
      users: rule.from?.users ? new Set(rule.from.users.map((name) => name.toLowerCase())) : null,
      prefixes: rule.to?.prefix !== undefined ? [rule.to.prefix].flat() : null,
    }));
}

/** The first rule that matches decides; undefined when none does, which means no. */
export function matchRule(rules: readonly OrderedRule[], query: RuleQuery): Rule | undefined {
  const userName = query.userName.toLowerCase();
  return rules.find(
    ({ users, prefixes }) =>
      (users === null || users.has(userName)) &&
      (prefixes === null || prefixes.some((prefix) => query.e164.startsWith(prefix))),
  )?.rule;
}

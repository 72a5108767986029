import type { Explanation } from '../../../shared/admin/index.ts';

export type RuleLook = Explanation['rules'][number];

/** Rules that were looked at, in order: those that did not match in a row, or one that did, or one that is being tried. */
export type RuleStretch =
  | { readonly kind: 'misses'; readonly rules: readonly RuleLook[] }
  | { readonly kind: 'one'; readonly rule: RuleLook };

/** Puts what is of little interest together: long rows of rules that have nothing to do with the call. */
export function foldRules(rules: readonly RuleLook[]): readonly RuleStretch[] {
  const stretches: RuleStretch[] = [];
  let misses: RuleLook[] = [];
  const endMisses = () => {
    if (misses.length > 0) stretches.push({ kind: 'misses', rules: misses });
    misses = [];
  };
  for (const rule of rules) {
    if (rule.isMatch || rule.isDraft) {
      endMisses();
      stretches.push({ kind: 'one', rule });
    } else {
      misses.push(rule);
    }
  }
  endMisses();
  return stretches;
}

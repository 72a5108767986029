import type { Rule } from '../../../../shared/admin/index.ts';
import type { CallFacts } from './CallFacts.ts';

/**
 * The caller IDs that may be shown, the usual one first, by the first that names any: an embed key its own, the rule, the user, the
 * host application's token, the brand. None: the gateway's own.
 */
export function callerNumbersOf(
  { caller, brand }: CallFacts,
  rule: Pick<Rule, 'callerNumbers'> | null,
): readonly string[] {
  const own = caller.kind === 'visitor' ? caller.key?.callerNumber : null;
  if (own) return [own];
  if (rule?.callerNumbers) return rule.callerNumbers;
  const granted =
    caller.kind === 'account'
      ? caller.account?.callerNumbers
      : caller.kind === 'hostUser'
        ? caller.grants.callerNumbers
        : null;
  return granted && granted.length > 0 ? granted : brand.callerNumbers;
}

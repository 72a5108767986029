import type { RuleMiss } from '../../../../shared/admin/index.ts';
import { highRiskNumberTypes } from '../../../../shared/domain/index.ts';
import type { Destination } from '../numbers/parseDestination.ts';
import type { NumericAddress } from './AddressRanges.ts';
import type { CompiledRule, NamedCallers } from './CompiledRule.ts';

/** Who calls, as rules see it. */
export interface RuleCaller {
  /** Folded; null for visitors. */
  readonly userName: string | null;
  readonly groups: readonly string[];
  /** null: no visitor by an embed key. */
  readonly embedKeyId: string | null;
}

/** Everything of a call that rules ask for. */
export interface RuleQuery {
  readonly caller: RuleCaller;
  readonly brandId: string;
  /** null: unknown. */
  readonly address: NumericAddress | null;
  /** Of the page that the caller is on; null: no page. */
  readonly origin: string | null;
  readonly called: Pick<Destination, 'e164' | 'country' | 'possibleCountries' | 'type'>;
  readonly atMs: number;
}

/** Why the rule doesn't match: the first thing that is not as it wants, in the order of `RuleMiss`. Null: it matches. */
export function missOf(compiled: CompiledRule, query: RuleQuery): RuleMiss | null {
  const { rule, callers, brands, addresses, isOriginAllowed, prefixes, hours } = compiled;
  const { called, address, origin } = query;
  if (!rule.isEnabled) return 'disabled';
  if (callers && !namesCaller(callers, query.caller)) return 'caller';
  if (brands && !brands.has(query.brandId)) return 'brand';
  if (addresses && !(address && addresses.has(address))) return 'address';
  if (isOriginAllowed && !(origin !== null && isOriginAllowed(origin))) return 'origin';
  if (prefixes && prefixes.longestOf(called.e164) === undefined) return 'prefix';
  if (compiled.countries && !isIn(compiled.countries, rule.action, called)) return 'country';
  if (compiled.types && !compiled.types.has(called.type)) return 'numberType';
  if (rule.action === 'allow' && !compiled.types && highRiskNumberTypes.includes(called.type))
    return 'highRiskNotNamed';
  return hours && !hours.isOpen(query.atMs) ? 'time' : null;
}

function namesCaller(callers: NamedCallers, { userName, embedKeyId, groups }: RuleCaller): boolean {
  return (
    callers.anonymous === (embedKeyId !== null) ||
    (userName !== null && callers.users.has(userName)) ||
    (embedKeyId !== null && callers.embedKeys.has(embedKeyId)) ||
    (callers.groups.size > 0 && groups.some((group) => callers.groups.has(group)))
  );
}

/** A country that can't be told is allowed by no rule, and denied by each that denies one that it may be. */
function isIn(
  countries: ReadonlySet<string>,
  action: 'allow' | 'deny',
  { country, possibleCountries }: RuleQuery['called'],
): boolean {
  if (country !== null) return countries.has(country);
  return action === 'deny' && possibleCountries.some((possible) => countries.has(possible));
}

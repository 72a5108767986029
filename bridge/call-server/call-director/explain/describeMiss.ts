import type { RuleMiss } from '../../../../shared/admin/index.ts';
import type { CompiledRule } from '../rules/CompiledRule.ts';
import type { RuleQuery } from '../rules/missOf.ts';
import { countryName, manyOfKind, oneOfKind } from './plainWords.ts';

/** Why the rule doesn't match, or that it does: a sentence in English for the operators. */
export function describeMiss({ rule }: CompiledRule, miss: RuleMiss | null, query: RuleQuery): string {
  const { from = {}, to = {}, when } = rule;
  const { called } = query;
  switch (miss) {
    case null:
      return rule.action === 'allow' ? 'It matches, and allows the call.' : 'It matches, and denies the call.';
    case 'disabled':
      return 'It is switched off.';
    case 'caller':
      return `It is for ${describeCallers(from)}.`;
    case 'brand':
      return `It is for ${listed('the brand', from.brands)}, and the call is made under ${query.brandId}.`;
    case 'address':
      return `It is for callers at ${listed('', from.addresses)}.`;
    case 'origin':
      return `It is for pages of ${listed('', from.origins)}, and the caller is on ${query.origin ?? 'none'}.`;
    case 'prefix':
      return `It is for numbers that begin with ${listed('', [to.prefix ?? []].flat())}.`;
    case 'country':
      return `It is for numbers in ${listed('', to.countries?.map(countryName))}, and this one is ${describePlace(called.country)}.`;
    case 'numberType':
      return `It is for ${listed('', to.types?.map(manyOfKind))}, and this is ${oneOfKind(called.type)}.`;
    case 'highRiskNotNamed':
      return `This is ${oneOfKind(called.type)}, which an allow rule opens only where it names that kind.`;
    case 'time':
      return `It holds at certain hours (${when?.timeZone}), and not at this one.`;
  }
}

function describeCallers({ users, groups, embedKeys, anonymous }: NonNullable<CompiledRule['rule']['from']>): string {
  const named = [
    users && listed('the user', users),
    groups && listed('the group', groups),
    embedKeys && `visitors by ${listed('the embed key', embedKeys)}`,
    anonymous === true && 'visitors without an account',
    anonymous === false && 'everybody but visitors',
  ];
  return named.filter((text) => typeof text === 'string').join(', or ');
}

function describePlace(country: string | null): string {
  return country === null ? 'of no country that can be told' : `in ${countryName(country)}`;
}

/** `the user a`, `the users a, b and 12 more`. */
function listed(noun: string, values: readonly string[] = []): string {
  const shown = values.slice(0, 5).join(', ');
  const more = values.length > 5 ? ` and ${values.length - 5} more` : '';
  const named = noun === '' || values.length === 1 ? noun : `${noun}s`;
  return `${named} ${shown}${more}`.trim();
}

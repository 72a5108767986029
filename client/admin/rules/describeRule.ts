import type { TFunction } from 'i18next';
import type { Limits, RuleDraft } from '../../../shared/admin/index.ts';
import { createHoursTeller, type HoursTeller } from '../hours/index.ts';
import { createCountryNames, describeDuration } from '../words/index.ts';

/** Names of what rules name by id; the id itself where there is no name. */
export interface RuleNames {
  readonly group: (id: string) => string;
  readonly brand: (id: string) => string;
  readonly embedKey: (id: string) => string;
}

export interface RuleTellerDeps {
  readonly t: TFunction;
  readonly locale: string;
  readonly names: RuleNames;
}

/** Tells a rule as a person would say it. */
export type RuleTeller = (rule: RuleDraft) => string;

type Join = (parts: readonly string[]) => string;

/** Made once for a language: what formats lists and numbers costs more than all the rest, and there may be ten thousand rules. */
interface Words extends RuleTellerDeps {
  readonly and: Join;
  readonly or: Join;
  readonly amount: Intl.NumberFormat;
  readonly countryName: (code: string) => string;
  readonly tellHours: HoursTeller;
}

/** So many are named; the others are counted. */
const mostNamed = 3;

/** For sentences such as "Allow the group Sales to call Germany and Austria, Mon–Fri 08:00–18:00, at most 2 calls at once". */
export function createRuleTeller(deps: RuleTellerDeps): RuleTeller {
  const { locale } = deps;
  const conjunction = new Intl.ListFormat(locale, { type: 'conjunction' });
  const disjunction = new Intl.ListFormat(locale, { type: 'disjunction' });
  const words: Words = {
    ...deps,
    and: (parts) => conjunction.format(parts),
    or: (parts) => disjunction.format(parts),
    amount: new Intl.NumberFormat(locale, { maximumFractionDigits: 6 }),
    countryName: createCountryNames(locale),
    tellHours: createHoursTeller(deps.t, locale),
  };
  return (rule) => tellRule(rule, words);
}

function tellRule(rule: RuleDraft, words: Words): string {
  const { t, names } = words;
  // "A and B" of what is allowed, "A or B" of what is denied.
  const join = rule.action === 'allow' ? words.and : words.or;
  const values = { who: tellCallers(rule, words, join), where: tellDestinations(rule, words, join) };
  const { brands, addresses, origins } = rule.from ?? {};
  const anyOf = (items: readonly string[]) => words.or(few(items, t));
  return [
    t(`admin.rules.sentence.${rule.action}`, values),
    brands && t('admin.rules.sentence.underBrands', { names: anyOf(brands.map(names.brand)) }),
    addresses && t('admin.rules.sentence.fromAddresses', { addresses: anyOf(addresses) }),
    origins && t('admin.rules.sentence.onPages', { origins: anyOf(origins) }),
    rule.when && words.tellHours(rule.when),
    rule.limits && tellLimits(rule.limits, 'atMost', words),
    rule.sharedLimits && tellLimits(rule.sharedLimits, 'atMostTogether', words),
    rule.callerNumbers && t('admin.rules.sentence.showing', { numbers: anyOf(rule.callerNumbers) }),
  ]
    .filter(Boolean)
    .join(', ');
}

function tellCallers({ action, from }: RuleDraft, { t, names }: Words, join: Join): string {
  const { users = [], groups = [], embedKeys = [], anonymous } = from ?? {};
  const parts = few(users, t);
  if (groups.length > 0) {
    const listed = join(few(groups.map(names.group), t));
    parts.push(
      groups.length === 1
        ? t('admin.rules.sentence.group', { name: listed })
        : t('admin.rules.sentence.groups', { names: listed }),
    );
  }
  if (embedKeys.length > 0) {
    const listed = join(few(embedKeys.map(names.embedKey), t));
    parts.push(
      embedKeys.length === 1
        ? t('admin.rules.sentence.embedKey', { name: listed })
        : t('admin.rules.sentence.embedKeys', { names: listed }),
    );
  }
  if (anonymous !== undefined) {
    parts.push(t(anonymous ? 'admin.rules.sentence.visitors' : 'admin.rules.sentence.accounts'));
  }
  if (parts.length > 0) return join(parts);
  return t(action === 'allow' ? 'admin.rules.sentence.everybody' : 'admin.rules.sentence.anybody');
}

function tellDestinations({ action, to }: RuleDraft, { t, or, countryName }: Words, join: Join): string {
  const prefixes = [to?.prefix ?? []].flat();
  const isEveryPrefix = prefixes.length === 0 || prefixes.includes('+');
  const types = to?.types?.map((type) => t(`admin.rules.types.${type}`));
  const countries = to?.countries?.map(countryName);
  if (!types && !countries && isEveryPrefix) {
    return t(action === 'allow' ? 'admin.rules.sentence.anyOrdinaryNumber' : 'admin.rules.sentence.anyNumber');
  }
  const kinds = types ? join(few(types, t)) : null;
  const places = countries ? join(few(countries, t)) : null;
  if (kinds === null && isEveryPrefix && places !== null) return places;
  const numbers = kinds ?? t('admin.rules.sentence.numbers');
  const located = places === null ? numbers : t('admin.rules.sentence.numbersIn', { numbers, countries: places });
  if (isEveryPrefix) return located;
  return t('admin.rules.sentence.numbersBeginning', { numbers: located, prefixes: or(few(prefixes, t)) });
}

function tellLimits(limits: Limits, phrase: 'atMost' | 'atMostTogether', { t, locale, and, amount }: Words): string {
  const { callsAtOnce, callsPerMinute, minutesPerDay, costPerDay, maxDurationMs } = limits;
  const parts = [
    callsAtOnce !== undefined && t('admin.rules.limitPhrases.callsAtOnce', { count: callsAtOnce }),
    callsPerMinute !== undefined && t('admin.rules.limitPhrases.callsPerMinute', { count: callsPerMinute }),
    minutesPerDay !== undefined && t('admin.rules.limitPhrases.minutesPerDay', { count: minutesPerDay }),
    costPerDay !== undefined && t('admin.rules.limitPhrases.costPerDay', { amount: amount.format(costPerDay) }),
    maxDurationMs !== undefined &&
      t('admin.rules.limitPhrases.maxDurationMs', { duration: describeDuration(maxDurationMs, locale) }),
  ].filter((part) => part !== false);
  return parts.length === 0 ? '' : t(`admin.rules.sentence.${phrase}`, { limits: and(parts) });
}

/** All of a few, the first of many and the count of the others. */
function few(items: readonly string[], t: TFunction): string[] {
  if (items.length <= mostNamed + 1) return [...items];
  return [...items.slice(0, mostNamed), t('admin.rules.sentence.more', { count: items.length - mostNamed })];
}

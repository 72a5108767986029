import type { TFunction } from 'i18next';
import type { Limits, RuleDraft } from '../../../shared/admin/index.ts';
import { countryName, describeDuration } from '../words/index.ts';
import { describeWindow } from './describeWhen.ts';

/** Names of what rules name by id; the id itself where there is no name. */
export interface RuleNames {
  readonly group: (id: string) => string;
  readonly brand: (id: string) => string;
  readonly embedKey: (id: string) => string;
}

interface Words {
  readonly t: TFunction;
  readonly locale: string;
  readonly names: RuleNames;
  /** "A and B" of what is allowed, "A or B" of what is denied. */
  readonly join: (parts: readonly string[]) => string;
}

/** So many are named; the others are counted. */
const mostNamed = 3;

/** A rule as a person would say it: "Allow the group Sales to call Germany and Austria, Mon–Fri 08:00–18:00, at most 2 calls at once". */
export function describeRule(rule: RuleDraft, names: RuleNames, t: TFunction, locale: string): string {
  const type = rule.action === 'allow' ? 'conjunction' : 'disjunction';
  const words: Words = { t, locale, names, join: (parts) => new Intl.ListFormat(locale, { type }).format(parts) };
  const values = { who: describeCallers(rule, words), where: describeDestinations(rule, words) };
  const { brands, addresses, origins } = rule.from ?? {};
  const or = (items: readonly string[]) => joinOr(few(items, t), locale);
  return [
    t(`admin.rules.sentence.${rule.action}`, values),
    brands && t('admin.rules.sentence.underBrands', { names: or(brands.map(names.brand)) }),
    addresses && t('admin.rules.sentence.fromAddresses', { addresses: or(addresses) }),
    origins && t('admin.rules.sentence.onPages', { origins: or(origins) }),
    rule.when && describeHours(rule.when, t, locale),
    rule.limits && describeLimits(rule.limits, 'atMost', t, locale),
    rule.sharedLimits && describeLimits(rule.sharedLimits, 'atMostTogether', t, locale),
    rule.callerNumbers && t('admin.rules.sentence.showing', { numbers: or(rule.callerNumbers) }),
  ]
    .filter(Boolean)
    .join(', ');
}

function describeCallers({ action, from }: RuleDraft, { t, names, join }: Words): string {
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
  if (anonymous !== undefined)
    parts.push(t(anonymous ? 'admin.rules.sentence.visitors' : 'admin.rules.sentence.accounts'));
  if (parts.length > 0) return join(parts);
  return t(action === 'allow' ? 'admin.rules.sentence.everybody' : 'admin.rules.sentence.anybody');
}

function describeDestinations({ action, to }: RuleDraft, { t, locale, join }: Words): string {
  const prefixes = [to?.prefix ?? []].flat();
  const isEveryPrefix = prefixes.length === 0 || prefixes.includes('+');
  const types = to?.types?.map((type) => t(`admin.rules.types.${type}`));
  const countries = to?.countries?.map((code) => countryName(code, locale));
  if (!types && !countries && isEveryPrefix) {
    return t(action === 'allow' ? 'admin.rules.sentence.anyOrdinaryNumber' : 'admin.rules.sentence.anyNumber');
  }
  const kinds = types ? join(few(types, t)) : null;
  const places = countries ? join(few(countries, t)) : null;
  if (kinds === null && isEveryPrefix && places !== null) return places;
  const numbers = kinds ?? t('admin.rules.sentence.numbers');
  const located = places === null ? numbers : t('admin.rules.sentence.numbersIn', { numbers, countries: places });
  if (isEveryPrefix) return located;
  return t('admin.rules.sentence.numbersBeginning', { numbers: located, prefixes: joinOr(few(prefixes, t), locale) });
}

function describeHours(when: NonNullable<RuleDraft['when']>, t: TFunction, locale: string): string {
  const spans = when.windows.map((window) => describeWindow(window, t, locale));
  const windows = new Intl.ListFormat(locale, { type: 'conjunction' }).format(spans);
  const located = t('admin.rules.when.inZone', { windows, zone: when.timeZone.replaceAll('_', ' ') });
  const [date] = when.exceptDates;
  if (date === undefined) return located;
  if (when.exceptDates.length > 1)
    return t('admin.rules.when.exceptMany', { windows: located, count: when.exceptDates.length });
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(date));
  return t('admin.rules.when.exceptOne', { windows: located, date: day });
}

function describeLimits(limits: Limits, phrase: 'atMost' | 'atMostTogether', t: TFunction, locale: string): string {
  const { callsAtOnce, callsPerMinute, minutesPerDay, costPerDay, maxDurationMs } = limits;
  const amount = new Intl.NumberFormat(locale, { maximumFractionDigits: 6 });
  const parts = [
    callsAtOnce !== undefined && t('admin.rules.limitPhrases.callsAtOnce', { count: callsAtOnce }),
    callsPerMinute !== undefined && t('admin.rules.limitPhrases.callsPerMinute', { count: callsPerMinute }),
    minutesPerDay !== undefined && t('admin.rules.limitPhrases.minutesPerDay', { count: minutesPerDay }),
    costPerDay !== undefined && t('admin.rules.limitPhrases.costPerDay', { amount: amount.format(costPerDay) }),
    maxDurationMs !== undefined &&
      t('admin.rules.limitPhrases.maxDurationMs', { duration: describeDuration(maxDurationMs, locale) }),
  ].filter((part) => part !== false);
  if (parts.length === 0) return '';
  return t(`admin.rules.sentence.${phrase}`, {
    limits: new Intl.ListFormat(locale, { type: 'conjunction' }).format(parts),
  });
}

/** All of a few, the first of many and the count of the others. */
function few(items: readonly string[], t: TFunction): string[] {
  if (items.length <= mostNamed + 1) return [...items];
  return [...items.slice(0, mostNamed), t('admin.rules.sentence.more', { count: items.length - mostNamed })];
}

function joinOr(parts: readonly string[], locale: string): string {
  return new Intl.ListFormat(locale, { type: 'disjunction' }).format(parts);
}

import { originMatcher, type Rule } from '../../../../shared/admin/index.ts';
import type { ZoneClocks } from '../../../calendar/index.ts';
import { OpeningHours } from '../../../calendar/index.ts';
import { foldUserName } from '../../../front-end-server/index.ts';
import { PrefixSet } from '../numbers/PrefixSet.ts';
import { AddressRanges } from './AddressRanges.ts';

/** Whom a rule names: one that matches is enough. */
export interface NamedCallers {
  /** Folded. */
  readonly users: ReadonlySet<string>;
  readonly groups: ReadonlySet<string>;
  readonly embedKeys: ReadonlySet<string>;
  /** true: every visitor; false: everybody who is none; null: says nothing. */
  readonly anonymous: boolean | null;
}

/** A rule made ready for matching. Null: no bound. */
export interface CompiledRule {
  readonly rule: Rule;
  readonly callers: NamedCallers | null;
  readonly brands: ReadonlySet<string> | null;
  readonly addresses: AddressRanges | null;
  readonly isOriginAllowed: ((origin: string) => boolean) | null;
  readonly prefixes: PrefixSet | null;
  readonly countries: ReadonlySet<string> | null;
  readonly types: ReadonlySet<string> | null;
  readonly hours: OpeningHours | null;
}

/**
 * The rules in the order in which they are looked at (`order`, then id), made ready for matching. Of `before`, what was made of the
 * same rules is taken over: with ten thousand of them, one that was edited must not cost the others.
 */
export function compileRules(
  rules: readonly Rule[],
  clocks: ZoneClocks,
  before: readonly CompiledRule[] = [],
): readonly CompiledRule[] {
  const compiled = new Map(before.map((made) => [made.rule, made]));
  // Hundreds of rules share the hours of one office.
  const known = new Map<string, OpeningHours>();
  const hoursOf = (when: NonNullable<Rule['when']>): OpeningHours => {
    const key = JSON.stringify(when);
    const hours = known.get(key) ?? new OpeningHours(when, clocks);
    known.set(key, hours);
    return hours;
  };
  return rules
    .toSorted((a, b) => a.order - b.order || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
    .map((rule) => compiled.get(rule) ?? compileRule(rule, hoursOf));
}

function compileRule(rule: Rule, hoursOf: (when: NonNullable<Rule['when']>) => OpeningHours): CompiledRule {
  const { from = {}, to = {}, when } = rule;
  return {
    rule,
    callers: namedCallers(from),
    brands: from.brands ? new Set(from.brands) : null,
    addresses: from.addresses ? new AddressRanges(from.addresses) : null,
    isOriginAllowed: from.origins ? originMatcher(from.origins) : null,
    prefixes: to.prefix !== undefined ? new PrefixSet([to.prefix].flat()) : null,
    countries: to.countries ? new Set(to.countries) : null,
    types: to.types ? new Set(to.types) : null,
    hours: when ? hoursOf(when) : null,
  };
}

function namedCallers({ users, groups, embedKeys, anonymous }: NonNullable<Rule['from']>): NamedCallers | null {
  if (!users && !groups && !embedKeys && anonymous === undefined) return null;
  return {
    users: new Set(users?.map(foldUserName)),
    groups: new Set(groups),
    embedKeys: new Set(embedKeys),
    anonymous: anonymous ?? null,
  };
}

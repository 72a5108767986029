import { isSupportedCountry } from 'libphonenumber-js/max';
import type { Rule, RuleWrite as RuleBody } from '../../../shared/admin/index.ts';
import type { BrandId } from '../../../shared/domain/index.ts';
import type { SettingProblem } from '../../../shared/errors/index.ts';
import type { Actor } from '../editing/Actor.ts';
import type { EntityKind, EntityStore } from '../editing/EntityKind.ts';
import { compareKeys, type SortKey } from '../editing/Page.ts';
import type { References } from '../editing/References.ts';
import { findHighRiskTypes } from './findHighRisk.ts';

/** Without an `order` a new rule is placed last, and a changed one stays where it is. */
export type RuleWrite = RuleBody & { readonly id?: Rule['id'] | undefined };

export interface RuleKindDeps {
  readonly store: EntityStore<Rule, RuleWrite>;
  readonly references: References;
  readonly newId: () => string;
  readonly onChanged: () => Promise<void>;
}

/** Between rules placed one after another, so that another fits in. */
export const orderStep = 10;

/** Who may call where. A brand's manager edits rules of that brand alone, and sees those of all brands that count for it, too. */
export function ruleKind({ store, references, newId, onChanged }: RuleKindDeps): EntityKind<Rule, RuleWrite, Rule> {
  return {
    kind: 'rule',
    store,
    brandOf: brandOfRule,
    canRead: (actor, rule) => actor.brandId === null || countsFor(rule, actor.brandId),
    isOfBrand: (rule, brandId) => rule.from?.brands?.includes(brandId) ?? false,
    sortKeyOf: ruleSortKey,
    textsOf: textsOfRule,
    newId: ({ id }) => id ?? (newId() as Rule['id']),
    make: async (write, stamp, present) => ({
      ...write,
      order: write.order ?? present?.order ?? nextOrder(await store.list()),
      ...stamp,
    }),
    findProblems: async (rule, { actor, before }) => [
      ...(await findBadNames(references, rule)),
      ...findBadCountries(rule),
      ...(await references.callerNumbers('callerNumbers', rule.callerNumbers ?? [], {
        actor,
        present: before?.callerNumbers ?? [],
      })),
      ...findBadPlace(actor, rule, await store.list()),
      ...findHighRiskTypes(actor, rule, before),
    ],
    toView: (rule) => rule,
    onChanged,
  };
}

/** The one brand that a rule is for; null where it is for several or all. */
export function brandOfRule({ from }: Rule): BrandId | null {
  const [only, ...others] = from?.brands ?? [];
  return only !== undefined && others.length === 0 ? only : null;
}

/** Whether calls under the brand may meet the rule. */
export function countsFor({ from }: Rule, brandId: BrandId): boolean {
  return from?.brands?.includes(brandId) ?? true;
}

/** As rules are looked at: from the lowest order to the highest, then by id. */
export function ruleSortKey({ order, id }: Pick<Rule, 'order' | 'id'>): SortKey {
  return [order, id];
}

/**
 * What the operators forbid or bound stays so: a brand manager's allow rule stands behind every rule of the operators that
 * counts for the brand. A deny rule may stand anywhere.
 */
export function findBadPlace(actor: Actor, rule: Rule, all: readonly Rule[]): readonly SettingProblem[] {
  const { brandId } = actor;
  if (brandId === null || rule.action === 'deny') return [];
  const isBypassed = all.some(
    (other) =>
      brandOfRule(other) !== brandId &&
      countsFor(other, brandId) &&
      compareKeys(ruleSortKey(rule), ruleSortKey(other)) < 0,
  );
  const expected = 'expected a place behind the operators’ rules, since this rule allows calls';
  return isBypassed ? [{ key: 'order', expected }] : [];
}

function nextOrder(rules: readonly Rule[]): number {
  const last = rules.reduce((highest, { order }) => Math.max(highest, order), 0);
  return Math.min(last + orderStep, Number.MAX_SAFE_INTEGER);
}

async function findBadNames(references: References, { from }: Rule): Promise<readonly SettingProblem[]> {
  const [only, ...others] = from?.brands ?? [];
  return [
    ...(await references.brands('from.brands', from?.brands ?? [])),
    ...(await references.groups('from.groups', from?.groups ?? [], {
      of: others.length === 0 ? (only ?? null) : null,
    })),
    ...(await references.embedKeys('from.embedKeys', from?.embedKeys ?? [], from?.brands)),
  ];
}

function findBadCountries({ to }: Rule): readonly SettingProblem[] {
  return (to?.countries ?? []).flatMap((country, index) =>
    isSupportedCountry(country)
      ? []
      : [
          {
            key: `to.countries.${index}`,
            expected: 'expected a country that has telephone numbers (ISO 3166-1 alpha-2)',
          },
        ],
  );
}

function textsOfRule({ id, name, from, to }: Rule): readonly string[] {
  return [
    id,
    name ?? '',
    ...(from?.users ?? []),
    ...(from?.groups ?? []),
    ...(from?.brands ?? []),
    ...[to?.prefix ?? []].flat(),
    ...(to?.countries ?? []),
  ];
}

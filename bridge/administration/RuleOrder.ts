import type { Rule } from '../../shared/admin/index.ts';
import type { RuleId } from '../../shared/domain/index.ts';
import { DialbridgeError, invalidSetting } from '../../shared/errors/index.ts';
import type { Collection } from '../storage/index.ts';
import { type Actor, demandEditor, isOwn } from './editing/Actor.ts';
import { changeAll } from './editing/changeAll.ts';
import type { EditorDeps } from './editing/EntityEditor.ts';
import { compareKeys } from './editing/Page.ts';
import { brandOfRule, countsFor, findBadPlace, orderStep, ruleSortKey } from './kinds/ruleKind.ts';

export interface RuleOrderDeps extends EditorDeps {
  readonly rules: Pick<Collection<Rule>, 'list' | 'updateAll'>;
  readonly onChanged: () => Promise<void>;
}

/** Moves rules, since the first that matches decides. */
export class RuleOrder {
  readonly #deps: RuleOrderDeps;

  constructor(deps: RuleOrderDeps) {
    this.#deps = deps;
  }

  /**
   * Places a rule just before another, or with null last. Where there is no room between two, all are numbered anew: they
   * change together or not at all. Resolves with the rules that got another order.
   * @throws DialbridgeError `notFound`, `forbidden`, `invalidSetting`, `conflict`
   */
  async move(actor: Actor, id: RuleId, before: RuleId | null): Promise<readonly Rule[]> {
    demandEditor(actor);
    return this.#deps.queue.run(async () => {
      const { rules, trail, clock, onChanged } = this.#deps;
      const present = await rules.list();
      const ordered = present.toSorted((a, b) => compareKeys(ruleSortKey(a), ruleSortKey(b)));
      const moved = this.#findOwn(actor, ordered, id);
      const others = ordered.filter((rule) => rule !== moved);
      const target = before === null ? others.length : others.findIndex((rule) => rule.id === before);
      if (target === -1 || (before !== null && !mayKnow(actor, others[target])))
        throw invalidSetting([{ key: 'before', expected: 'expected the id of another rule, or null' }]);
      const changed = place(others, moved, target).map((rule) => ({
        ...rule,
        revision: rule.revision + 1,
        updatedAtMs: clock.now(),
      }));
      this.#demandGoodPlace(actor, id, present, changed);
      if (changed.length === 0) return [];
      const orders = (list: readonly Rule[]) => Object.fromEntries(list.map(({ id: one, order }) => [one, order]));
      const entry = {
        action: 'reorder' as const,
        kind: 'rule' as const,
        entityId: id,
        brandId: brandOfRule(moved),
        before: orders(ordered.filter((rule) => changed.some((one) => one.id === rule.id))),
        after: orders(changed),
      };
      await trail.around(actor, entry, () => changeAll(rules, { present, put: changed }));
      await onChanged();
      return changed;
    });
  }

  #findOwn(actor: Actor, rules: readonly Rule[], id: RuleId): Rule {
    const rule = rules.find((one) => one.id === id);
    if (rule === undefined) throw new DialbridgeError('notFound');
    if (!isOwn(actor, brandOfRule(rule))) throw new DialbridgeError('forbidden');
    return rule;
  }

  #demandGoodPlace(actor: Actor, id: RuleId, present: readonly Rule[], changed: readonly Rule[]): void {
    const after = new Map([...present, ...changed].map((rule) => [rule.id, rule]));
    const moved = after.get(id);
    const [problem] = moved ? findBadPlace(actor, moved, [...after.values()]) : [];
    if (problem) throw invalidSetting([{ ...problem, key: 'before' }]);
  }
}

function mayKnow({ brandId }: Actor, rule: Rule | undefined): boolean {
  return rule !== undefined && (brandId === null || countsFor(rule, brandId));
}

/** `moved` at the place `target` of the others: the rules whose order must change for that. */
function place(others: readonly Rule[], moved: Rule, target: number): readonly Rule[] {
  const low = others[target - 1];
  const high = others[target];
  const isThereAlready =
    (low === undefined || compareKeys(ruleSortKey(low), ruleSortKey(moved)) < 0) &&
    (high === undefined || compareKeys(ruleSortKey(moved), ruleSortKey(high)) < 0);
  if (isThereAlready) return [];
  const order = orderBetween(low?.order, high?.order);
  if (order !== undefined) return [{ ...moved, order }];
  return others.toSpliced(target, 0, moved).flatMap((rule, index) => {
    const anew = (index + 1) * orderStep;
    return rule.order === anew ? [] : [{ ...rule, order: anew }];
  });
}

/** A whole number between the two, a step from the one there is; undefined when there is no room. */
function orderBetween(low: number | undefined, high: number | undefined): number | undefined {
  if (low === undefined && high === undefined) return undefined;
  const order =
    low === undefined
      ? (high ?? 0) - orderStep
      : high === undefined
        ? low + orderStep
        : low + Math.floor((high - low) / 2);
  const isBetween = (low === undefined || low < order) && (high === undefined || order < high);
  return isBetween && Number.isSafeInteger(order) ? order : undefined;
}

import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Rule, ruleDraftSchema } from '../../../shared/admin/index.ts';
import { describeFailure } from '../../session/index.ts';
import { useNotices } from '../../ui/index.ts';
import { useAccess } from '../access.ts';
import { useAdminApi } from '../api/index.ts';
import { type Search, useSearch } from '../frame/index.ts';
import { createRuleTeller, type RuleTeller } from './describeRule.ts';
import { applyMove, type Move, type Step, stepMove } from './moveRule.ts';
import { ruleFieldsOf, ruleInputOf } from './ruleFields.ts';
import { type RuleList, useRuleList } from './useRuleList.ts';
import { useRuleNames } from './useRuleNames.ts';

export interface RulesView {
  readonly list: RuleList;
  readonly search: Search;
  /** Those that fit the search, in order of decision. */
  readonly shown: readonly Rule[];
  /** Place in the order of decision, from 1. */
  readonly placeOf: (id: string) => number;
  readonly titleOf: (rule: Rule) => string;
  readonly sentenceOf: (rule: Rule) => string;
  /** False for auditors, and where a brand manager looks at a rule that is not of their brand alone. */
  readonly canEdit: (rule: Rule) => boolean;
  /** The person may change the order. */
  readonly mayMove: boolean;
  /** They may, and all rules are in sight. */
  readonly canMove: boolean;
  readonly move: (move: Move<string>) => void;
  readonly step: (id: string, step: Step) => void;
  readonly toggle: (rule: Rule) => void;
  /** What has just become of the order, for screen readers. */
  readonly announcement: string;
}

export function useRulesPage(): RulesView {
  const { t, i18n } = useTranslation();
  const { language } = i18n;
  const api = useAdminApi();
  const notices = useNotices();
  const access = useAccess();
  const names = useRuleNames();
  const list = useRuleList();
  const search = useSearch();
  const [announcement, setAnnouncement] = useState('');
  const { rules } = list;

  const sentenceOf = useMemo(() => remember(createRuleTeller({ names, t, locale: language })), [names, t, language]);
  const titleOf = (rule: Rule) => rule.name ?? t('admin.rules.unnamed', { id: rule.id });
  const places = useMemo(() => new Map(rules.map(({ id }, index) => [id as string, index + 1])), [rules]);
  const wanted = search.asked.toLocaleLowerCase();
  const fits = (rule: Rule) =>
    `${rule.name ?? ''}\n${rule.id}\n${sentenceOf(rule)}`.toLocaleLowerCase().includes(wanted);

  const move = async (wantedMove: Move<string>) => {
    const moved = rules.find(({ id }) => id === wantedMove.id);
    const then = applyMove<string, Rule>(rules, wantedMove);
    if (moved === undefined || then === rules) return;
    const name = titleOf(moved);
    setAnnouncement(t('admin.rules.movedTo', { name, place: then.indexOf(moved) + 1, total: rules.length }));
    try {
      await list.move(wantedMove);
    } catch (error) {
      const text = t('admin.rules.moveFailed', { name, reason: describeFailure(error, t) });
      setAnnouncement(text);
      notices.post({ tone: 'danger', text });
      // Somebody else may have changed the order or deleted one.
      list.reload();
    }
  };

  const toggle = async (rule: Rule) => {
    const draft = ruleInputOf({ ...ruleFieldsOf(rule), isEnabled: !rule.isEnabled });
    try {
      const saved = await api.update('rules', rule, ruleDraftSchema.parse(draft));
      list.replace(saved);
      const state = t(saved.isEnabled ? 'admin.rules.on' : 'admin.rules.offWord');
      notices.post({ tone: 'plain', text: t('admin.rules.switched', { name: titleOf(saved), state }) });
    } catch (error) {
      notices.post({ tone: 'danger', text: describeFailure(error, t) });
      list.reload();
    }
  };

  const mayMove = access.canEdit('rules');
  return {
    list,
    search,
    shown: wanted === '' ? rules : rules.filter(fits),
    placeOf: (id) => places.get(id) ?? 0,
    titleOf,
    sentenceOf,
    canEdit: (rule) => access.canEdit('rules', rule),
    mayMove,
    canMove: mayMove && wanted === '' && list.loadedCount === null,
    move: (wantedMove) => void move(wantedMove),
    step: (id, step) => {
      const wantedMove = stepMove([...places.keys()], id, step);
      if (wantedMove !== null) void move(wantedMove);
    },
    toggle: (rule) => void toggle(rule),
    announcement,
  };
}

/** Each rule is described once while it stays as it is: there may be ten thousand. */
function remember(tell: RuleTeller): (rule: Rule) => string {
  const known = new WeakMap<Rule, string>();
  return (rule) => {
    const sentence = known.get(rule) ?? tell(rule);
    known.set(rule, sentence);
    return sentence;
  };
}

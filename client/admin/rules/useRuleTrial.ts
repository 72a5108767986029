import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Explanation, explanationSchema, type Rule, ruleSchema } from '../../../shared/admin/index.ts';
import { describeFailure } from '../../session/index.ts';
import { newId } from '../../state/index.ts';
import { useAdminApi, useOptions } from '../api/index.ts';
import {
  type CallQuestionView,
  compareExplanations,
  type Difference,
  nameCaller,
  useCallQuestion,
} from '../explain/index.ts';
import type { RuleForm } from './useRuleForm.ts';

export interface RuleTrialView extends CallQuestionView {
  readonly isBusy: boolean;
  readonly failure: string | null;
  readonly answer: {
    readonly caller: string;
    readonly now: Explanation;
    readonly then: Explanation;
    readonly difference: Difference;
  } | null;
  readonly ask: () => void;
}

/** Asks the bridge twice about one call: as it is now, and as if the rule were saved as it stands in the form. */
export function useRuleTrial(rule: Rule | null, form: RuleForm): RuleTrialView {
  const { t } = useTranslation();
  const api = useAdminApi();
  const embedKeys = useOptions('embedKeys');
  const question = useCallQuestion();
  const [draftId] = useState(() => rule?.id ?? `draft-${newId()}`);
  const [isBusy, setIsBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [answer, setAnswer] = useState<RuleTrialView['answer']>(null);

  const ask = async () => {
    const request = question.check();
    const draft = ruleSchema.safeParse({ ...form.input, id: draftId, revision: rule?.revision ?? 1 });
    if (!draft.success) return setFailure(t('admin.rules.trial.notReady'));
    if (request === null || isBusy) return;
    setIsBusy(true);
    setFailure(null);
    const explain = (body: object) => api.ask({ method: 'POST', path: '/explain', body }, explanationSchema);
    try {
      // Of the same moment, so that nothing but the rule tells them apart.
      const atMs = request.atMs ?? Date.now();
      const [now, then] = await Promise.all([
        explain({ ...request, atMs }),
        explain({ ...request, atMs, draft: { put: [draft.data], delete: [] } }),
      ]);
      const caller = nameCaller(request, embedKeys.nameOf, t);
      setAnswer({ caller, now, then, difference: compareExplanations(now, then) });
    } catch (error) {
      setAnswer(null);
      if (!question.refuse(error)) setFailure(describeFailure(error, t));
    } finally {
      setIsBusy(false);
    }
  };
  return { ...question, isBusy, failure, answer, ask: () => void ask() };
}

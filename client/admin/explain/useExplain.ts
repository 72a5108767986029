import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Explanation, explanationSchema } from '../../../shared/admin/index.ts';
import { describeFailure } from '../../session/index.ts';
import { useAdminApi, useOptions } from '../api/index.ts';
import type { CallQuestion } from './callQuestion.ts';
import { nameCaller } from './nameCaller.ts';
import { type CallQuestionView, useCallQuestion } from './useCallQuestion.ts';

export interface ExplainView extends CallQuestionView {
  readonly isBusy: boolean;
  /** Why there is no answer. */
  readonly failure: string | null;
  readonly answer: { readonly explanation: Explanation; readonly caller: string } | null;
  readonly ask: () => void;
}

/** One question at a time, and its answer. */
export function useExplain(start?: CallQuestion): ExplainView {
  const { t } = useTranslation();
  const api = useAdminApi();
  const embedKeys = useOptions('embedKeys');
  const view = useCallQuestion(start);
  const [isBusy, setIsBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [answer, setAnswer] = useState<ExplainView['answer']>(null);

  const ask = async () => {
    const request = view.check();
    if (request === null || isBusy) return;
    setIsBusy(true);
    setFailure(null);
    try {
      const explanation = await api.ask({ method: 'POST', path: '/explain', body: request }, explanationSchema);
      setAnswer({ explanation, caller: nameCaller(request, embedKeys.nameOf, t) });
    } catch (error) {
      setAnswer(null);
      if (!view.refuse(error)) setFailure(describeFailure(error, t));
    } finally {
      setIsBusy(false);
    }
  };
  return { ...view, isBusy, failure, answer, ask: () => void ask() };
}

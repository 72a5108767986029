import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ExplainRequest, explainRequestSchema } from '../../../shared/admin/index.ts';
import { DialbridgeError } from '../../../shared/errors/index.ts';
import { describeExpectation, describeIssue } from '../form/index.ts';
import { type CallQuestion, emptyQuestion, explainInputOf } from './callQuestion.ts';

/** Places of the request at which a field says what is wrong. */
export type QuestionKey =
  | 'caller.userName'
  | 'caller.embedKeyId'
  | 'caller.brandId'
  | 'destination'
  | 'address'
  | 'origin'
  | 'callerNumber'
  | 'atMs';

export interface CallQuestionView {
  readonly question: CallQuestion;
  readonly change: (changed: Partial<CallQuestion>) => void;
  /** What is wrong at a place, once it was asked. */
  readonly problemAt: (key: QuestionKey) => string | undefined;
  /** The request; null where something is missing, which the fields then say. */
  readonly check: (draft?: ExplainRequest['draft']) => ExplainRequest | null;
  /** Takes what the bridge refused to its field; false where there is none for it. */
  readonly refuse: (error: unknown) => boolean;
}

/** A question while it is written. */
export function useCallQuestion(start: CallQuestion = emptyQuestion): CallQuestionView {
  const { t } = useTranslation();
  const [question, setQuestion] = useState(start);
  const [isAsked, setIsAsked] = useState(false);
  const [refused, setRefused] = useState<{ readonly key: string; readonly text: string } | null>(null);
  const input = explainInputOf(question);
  const parsed = explainRequestSchema.safeParse(input);
  return {
    question,
    change: (changed) => {
      setQuestion((present) => ({ ...present, ...changed }));
      setRefused(null);
    },
    problemAt: (key) => {
      if (!isAsked) return undefined;
      const issue = parsed.error?.issues.find(({ path }) => path.join('.') === key);
      return issue === undefined ? (refused?.key === key ? refused.text : undefined) : describeIssue(issue, input, t);
    },
    check: (draft) => {
      setIsAsked(true);
      setRefused(null);
      return parsed.success ? { ...parsed.data, ...(draft && { draft }) } : null;
    },
    refuse: (error) => {
      if (!(error instanceof DialbridgeError) || error.code !== 'invalidSetting') return false;
      const { key, expected } = error.details;
      if (key === undefined || key.startsWith('draft')) return false;
      setRefused({ key, text: describeExpectation(expected ?? '', t) });
      return true;
    },
  };
}

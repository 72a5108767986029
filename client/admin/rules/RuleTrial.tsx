import { FlaskConical } from 'lucide-react';
import { useId } from 'react';
import { Form, Heading } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Rule } from '../../../shared/admin/index.ts';
import { Button, Notice } from '../../ui/index.ts';
import { Fold, NextLevel, useLevel } from '../../ui/workbench/index.ts';
import { CallQuestionFields, Decision, ExplanationDetails } from '../explain/index.ts';
import './RuleTrial.css';
import type { RuleForm } from './useRuleForm.ts';
import { type RuleTrialView, useRuleTrial } from './useRuleTrial.ts';

/** One call, decided with the rule as it stands in the form, beside the decision as it is now. */
export function RuleTrial({ rule, form }: { readonly rule: Rule | null; readonly form: RuleForm }) {
  const { t } = useTranslation();
  const titleId = useId();
  const view = useRuleTrial(rule, form);
  return (
    <section className="rule-trial" aria-labelledby={titleId}>
      <Heading id={titleId} level={useLevel()} className="rule-trial-title">
        {t('admin.rules.trial.title')}
      </Heading>
      <NextLevel>
        <p className="field-hint">{t('admin.rules.trial.hint')}</p>
        <Form
          className="rule-trial-form"
          onSubmit={(event) => {
            event.preventDefault();
            view.ask();
          }}
        >
          <CallQuestionFields view={view} />
          <div>
            <Button type="submit" icon={<FlaskConical aria-hidden />} isPending={view.isBusy}>
              {t('admin.rules.trial.ask')}
            </Button>
          </div>
        </Form>
        <div className="rule-trial-answer" aria-live="polite">
          {view.failure !== null && <Notice tone="danger">{view.failure}</Notice>}
          {view.answer !== null && <Comparison answer={view.answer} />}
        </div>
      </NextLevel>
    </section>
  );
}

function Comparison({ answer }: { readonly answer: NonNullable<RuleTrialView['answer']> }) {
  const { t } = useTranslation();
  const { caller, now, then, difference } = answer;
  return (
    <>
      <p className="rule-trial-difference">{t(`admin.rules.trial.differences.${difference}`)}</p>
      <Decision title={t('admin.rules.trial.withDraft')} explanation={then} caller={caller} />
      <Decision title={t('admin.rules.trial.asItIs')} explanation={now} caller={caller} />
      <Fold title={t('admin.rules.trial.details')}>
        <ExplanationDetails explanation={then} />
      </Fold>
    </>
  );
}

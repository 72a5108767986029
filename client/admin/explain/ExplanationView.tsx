import { CircleCheck, CircleX } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Explanation } from '../../../shared/admin/index.ts';
import { classNames } from '../../ui/index.ts';
import { describeDecision, listFacts } from './describeExplanation.ts';
import './ExplanationView.css';
import { GatewayChoice } from './GatewayChoice.tsx';
import { LimitUses } from './LimitUses.tsx';
import { RuleLooks } from './RuleLooks.tsx';
import { StepList } from './StepList.tsx';

export interface ExplanationProps {
  readonly explanation: Explanation;
  /** Who calls, as a person would say it. */
  readonly caller: string;
}

/** The decision in one sentence, with its sign. */
export function Decision({ explanation, caller, title }: ExplanationProps & { readonly title?: string }) {
  const { t, i18n } = useTranslation();
  const isAllowed = explanation.decision === 'allow';
  const Sign = isAllowed ? CircleCheck : CircleX;
  const element = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each answer comes into sight, also one that looks like the last.
  useEffect(() => {
    // Some browsers give a promise back, which an effect must not.
    element.current?.scrollIntoView({ block: 'nearest' });
  }, [explanation]);
  return (
    <div ref={element} className={classNames('decision', isAllowed ? 'decision-allow' : 'decision-deny')}>
      <Sign aria-hidden />
      <div>
        {title !== undefined && <p className="decision-frame">{title}</p>}
        <p className="decision-title">{t(isAllowed ? 'admin.explain.allowed' : 'admin.explain.refused')}</p>
        <p>{describeDecision(explanation, caller, t, i18n.language)}</p>
      </div>
    </div>
  );
}

/** Everything behind a decision, from what was read to the gateways. */
export function ExplanationDetails({ explanation }: { readonly explanation: Explanation }) {
  const { t, i18n } = useTranslation();
  return (
    <div className="explanation">
      <section aria-label={t('admin.explain.facts')}>
        <dl className="explanation-facts">
          {listFacts(explanation, t, i18n.language).map(({ name, value }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd className="numerals">{value}</dd>
            </div>
          ))}
        </dl>
      </section>
      <StepList steps={explanation.steps} />
      <RuleLooks rules={explanation.rules} />
      <LimitUses limits={explanation.limits} />
      <GatewayChoice explanation={explanation} />
    </div>
  );
}

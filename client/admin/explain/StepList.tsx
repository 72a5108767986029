import { CircleCheck, CircleMinus, CircleX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Explanation } from '../../../shared/admin/index.ts';
import { ExplanationSection } from './ExplanationSection.tsx';

const signs = { passed: CircleCheck, refused: CircleX, skipped: CircleMinus };

/** What was looked at besides rules, in order. */
export function StepList({ steps }: { readonly steps: Explanation['steps'] }) {
  const { t } = useTranslation();
  if (steps.length === 0) return null;
  return (
    <ExplanationSection title={t('admin.explain.steps')}>
      <ol className="explanation-steps">
        {steps.map(({ step, outcome, text }) => {
          const Sign = signs[outcome];
          return (
            <li key={step} className={`explanation-step explanation-step-${outcome}`}>
              <Sign aria-hidden />
              <span className="hidden-text">{t(`admin.explain.outcomes.${outcome}`)}: </span>
              <span>{text}</span>
            </li>
          );
        })}
      </ol>
    </ExplanationSection>
  );
}

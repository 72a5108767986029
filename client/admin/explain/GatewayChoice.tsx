import { useTranslation } from 'react-i18next';
import type { Explanation } from '../../../shared/admin/index.ts';
import './GatewayChoice.css';
import { ExplanationSection } from './ExplanationSection.tsx';

/** The gateways that would be tried, and what each step of the choice left out. */
export function GatewayChoice({ explanation }: { readonly explanation: Explanation }) {
  const { t } = useTranslation();
  const { candidates, steps } = explanation.gateways;
  return (
    <ExplanationSection title={t('admin.explain.gateways')}>
      {candidates.length === 0 ? (
        <p className="explanation-none">
          {t(steps.length === 0 ? 'admin.explain.gatewaysNotAsked' : 'admin.explain.noGateways')}
        </p>
      ) : (
        <ol className="gateway-candidates">
          {candidates.map(({ id, name }) => (
            <li key={id}>{name ?? id}</li>
          ))}
        </ol>
      )}
      {steps.length > 0 && (
        <>
          <p className="explanation-subtitle">{t('admin.explain.gatewayChoice')}</p>
          <ul className="gateway-steps">
            {steps.map(({ step, dropped, note }) => (
              <li key={step}>
                <span className="gateway-step-name">{step}</span>
                {dropped.length === 0 && (
                  <span className="gateway-step-note">{note ?? t('admin.explain.dropsNothing')}</span>
                )}
                {dropped.map(({ gatewayId, why }) => (
                  <span key={gatewayId} className="gateway-step-drop">
                    {t('admin.explain.dropped', { gateway: gatewayId, why })}
                  </span>
                ))}
              </li>
            ))}
          </ul>
        </>
      )}
    </ExplanationSection>
  );
}

import { useTranslation } from 'react-i18next';
import type { CheckState } from '../../calling/index.ts';
import { Notice } from '../../ui/index.ts';

/** What came of it, in words, with what to do. */
export function CheckVerdict({ state: { phase, findings, problem } }: { state: CheckState }) {
  const { t } = useTranslation();
  if (problem !== null && 'microphone' in problem) {
    return (
      <Notice tone="danger" title={t(`microphone.${problem.microphone}.title`)}>
        {t('check.noMicrophone')}
      </Notice>
    );
  }
  if (problem !== null) {
    return (
      <Notice tone="danger" title={t('check.failed')}>
        {t(`errors.${problem.error}`)}
      </Notice>
    );
  }
  if (findings === null) return phase === 'listening' || phase === 'opening' ? <p>{t('check.speak')}</p> : null;
  if (findings.length === 0)
    return (
      <Notice tone="info" title={t('check.allGood')}>
        {t('check.allGoodText')}
      </Notice>
    );
  return (
    <ul className="check-findings">
      {findings.map((finding) => (
        <li key={finding}>
          <Notice tone="warning" title={t(`check.findings.${finding}.title`)}>
            {t(`check.findings.${finding}.advice`)}
          </Notice>
        </li>
      ))}
    </ul>
  );
}

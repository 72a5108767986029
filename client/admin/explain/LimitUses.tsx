import { Label, Meter } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { LimitUse } from '../../../shared/admin/index.ts';
import { classNames } from '../../ui/index.ts';
import { Badge } from '../../ui/workbench/index.ts';
import { describeDuration } from '../words/index.ts';
import { describeUse } from './describeExplanation.ts';
import './LimitUses.css';
import { ExplanationSection } from './ExplanationSection.tsx';

/** Each limit that the call would meet, and how much of it is used up already. */
export function LimitUses({ limits }: { readonly limits: readonly LimitUse[] }) {
  const { t } = useTranslation();
  return (
    <ExplanationSection title={t('admin.explain.limits')}>
      {limits.length === 0 ? (
        <p className="explanation-none">{t('admin.explain.noLimits')}</p>
      ) : (
        <ul className="limit-uses">
          {limits.map((use) => (
            <li key={`${use.scope}${use.limit}`}>
              <OneLimit use={use} />
            </li>
          ))}
        </ul>
      )}
    </ExplanationSection>
  );
}

function OneLimit({ use }: { readonly use: LimitUse }) {
  const { t, i18n } = useTranslation();
  // A limit of none is full from the start.
  const percent = use.allowed === 0 ? 100 : Math.min(100, (use.used / use.allowed) * 100);
  const text = describeUse(use, t, i18n.language);
  return (
    <Meter value={percent} valueLabel={text} className={classNames('limit-use', use.isReached && 'limit-use-reached')}>
      <Label className="limit-use-name">
        {t(`admin.explain.limitNames.${use.limit}`)}
        <span className="limit-use-scope">{t(`admin.explain.scopes.${use.scope}`)}</span>
      </Label>
      <span className="limit-use-text numerals">
        {text}
        {use.isReached && <Badge tone="danger">{t('admin.explain.reached')}</Badge>}
      </span>
      <span className="limit-use-track" aria-hidden>
        <span className="limit-use-fill" style={{ width: `${percent}%` }} />
      </span>
      {use.retryAfterMs !== null && (
        <span className="limit-use-retry">
          {t('admin.explain.freeIn', { duration: describeDuration(use.retryAfterMs, i18n.language) })}
        </span>
      )}
    </Meter>
  );
}

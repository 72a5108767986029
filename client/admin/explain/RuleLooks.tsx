import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Button, classNames } from '../../ui/index.ts';
import { Badge, Fold } from '../../ui/workbench/index.ts';
import { ruleTitle } from './describeExplanation.ts';
import { foldRules, type RuleLook } from './foldRules.ts';
import './RuleLooks.css';
import { ExplanationSection } from './ExplanationSection.tsx';

/** The rules that were looked at, in order. Those that don't match stand together behind a button; the one that decides is marked. */
export function RuleLooks({ rules }: { readonly rules: readonly RuleLook[] }) {
  const { t } = useTranslation();
  return (
    <ExplanationSection title={t('admin.explain.rules')}>
      {rules.length === 0 ? (
        <p className="explanation-none">{t('admin.explain.noRules')}</p>
      ) : (
        <div className="rule-looks">
          {foldRules(rules).map((stretch) =>
            stretch.kind === 'one' ? (
              <OneRule key={keyOf(stretch.rule)} rule={stretch.rule} />
            ) : (
              <Misses key={keyOf(stretch.rules[0])} rules={stretch.rules} />
            ),
          )}
          {rules.every(({ isMatch }) => !isMatch) && (
            <p className="explanation-none">{t('admin.explain.noneMatched')}</p>
          )}
        </div>
      )}
    </ExplanationSection>
  );
}

function OneRule({ rule }: { readonly rule: RuleLook }) {
  const { t } = useTranslation();
  return (
    <div className={classNames('rule-look', rule.isMatch && `rule-look-match rule-look-${rule.action}`)}>
      <div className="rule-look-head">
        <RuleName rule={rule} />
        <Badge tone={rule.action === 'allow' ? 'good' : 'danger'}>{t(`admin.explain.${rule.action}`)}</Badge>
        {rule.isDraft && <Badge tone="info">{t('admin.explain.draft')}</Badge>}
        {rule.isMatch ? (
          <span className="rule-look-verdict">{t('admin.explain.decides')}</span>
        ) : (
          <span className="rule-look-verdict">{t('admin.explain.noMatch')}</span>
        )}
      </div>
      <p>{rule.text}</p>
    </div>
  );
}

const shownAtOnce = 100;

function Misses({ rules }: { readonly rules: readonly RuleLook[] }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(shownAtOnce);
  const left = rules.length - shown;
  return (
    <div className="rule-misses">
      <Fold title={t('admin.explain.misses', { count: rules.length })}>
        <ul>
          {rules.slice(0, shown).map((rule) => (
            <li key={keyOf(rule)} className="rule-miss">
              <RuleName rule={rule} />
              <span>{rule.text}</span>
            </li>
          ))}
        </ul>
        {left > 0 && (
          <Button variant="quiet" onPress={() => setShown((present) => present + shownAtOnce)}>
            {t('admin.explain.showMore', { count: Math.min(left, shownAtOnce) })}
          </Button>
        )}
      </Fold>
    </div>
  );
}

/** A link to the rule, except to one that is not saved. */
function RuleName({ rule }: { readonly rule: RuleLook }) {
  const { t } = useTranslation();
  const title = ruleTitle(rule, t);
  if (rule.ruleId === null || rule.isDraft) return <span className="rule-look-name">{title}</span>;
  return (
    <Link to={`/admin/rules/${encodeURIComponent(rule.ruleId)}`} className="rule-look-name">
      {title}
    </Link>
  );
}

function keyOf(rule: RuleLook | undefined): string {
  return rule?.ruleId ?? '';
}

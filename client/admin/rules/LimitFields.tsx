import { useTranslation } from 'react-i18next';
import { limitsSchema, sharedLimitsSchema } from '../../../shared/admin/index.ts';
import { FieldGroup, NumberField } from '../../ui/workbench/index.ts';
import type { LimitKey, SharedLimitKey } from './ruleFields.ts';
import type { RuleForm } from './useRuleForm.ts';

type LimitName = keyof typeof limitsSchema.shape;

const names = limitsSchema.keyof().options;
const sharedNames = sharedLimitsSchema.keyof().options;
const units = {
  callsAtOnce: 'calls',
  callsPerMinute: 'calls',
  minutesPerDay: 'minutes',
  costPerDay: 'money',
  maxDurationMs: 'minutes',
} as const satisfies Record<LimitName, string>;

/** How much: for each caller alone, and for all together. */
export function LimitFields({ form }: { readonly form: RuleForm }) {
  const { t } = useTranslation();
  return (
    <>
      <FieldGroup title={t('admin.rules.limits')} hint={t('admin.rules.limitsHint')} isPaired>
        {names.map((name) => (
          <OneLimit key={name} form={form} id={`limits.${name}`} name={name} />
        ))}
      </FieldGroup>
      <FieldGroup title={t('admin.rules.sharedLimits')} hint={t('admin.rules.sharedLimitsHint')} isPaired>
        {sharedNames.map((name) => (
          <OneLimit key={name} form={form} id={`sharedLimits.${name}`} name={name} />
        ))}
      </FieldGroup>
    </>
  );
}

interface OneLimitProps {
  readonly form: RuleForm;
  readonly id: LimitKey | SharedLimitKey;
  readonly name: LimitName;
}

function OneLimit({ form, id, name }: OneLimitProps) {
  const { t } = useTranslation();
  const isWhole = units[name] === 'calls';
  return (
    <NumberField
      label={t(`admin.rules.limitLabels.${name}`)}
      unit={t(`admin.rules.limitUnits.${units[name]}`)}
      hint={t(`admin.rules.limitHints.${name}`)}
      emptyText={t('admin.form.unlimited')}
      maximumFractionDigits={isWhole ? 0 : 6}
      {...form.bind(id)}
    />
  );
}

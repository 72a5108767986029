import { useTranslation } from 'react-i18next';
import { NumberField } from '../../ui/workbench/index.ts';
import type { BoundField } from '../form/index.ts';
import type { LimitKey, SharedLimitKey } from './limitFields.ts';

export interface LimitFieldSetProps {
  readonly group: 'limits' | 'sharedLimits';
  /** `form.bind` of a form whose fields have `LimitFields`. */
  readonly bind: (key: LimitKey | SharedLimitKey) => BoundField<number | null>;
}

/** Bounds on calls; an empty field is no bound. Stands in a `FieldGroup` with `isPaired`. */
export function LimitFieldSet({ group, bind }: LimitFieldSetProps) {
  const { t } = useTranslation();
  const common = { placeholder: t('admin.form.unlimited'), emptyText: t('admin.form.unlimited') };
  return (
    <>
      <NumberField label={t('admin.limits.callsAtOnce')} {...common} {...bind(`${group}.callsAtOnce`)} />
      <NumberField label={t('admin.limits.callsPerMinute')} {...common} {...bind(`${group}.callsPerMinute`)} />
      <NumberField
        label={t('admin.limits.minutesPerDay')}
        maximumFractionDigits={3}
        {...common}
        {...bind(`${group}.minutesPerDay`)}
      />
      <NumberField
        label={t('admin.limits.costPerDay')}
        hint={t('admin.limits.costPerDayHint')}
        maximumFractionDigits={6}
        {...common}
        {...bind(`${group}.costPerDay`)}
      />
      {group === 'limits' && (
        <NumberField
          label={t('admin.limits.maxDuration')}
          unit={t('admin.limits.minutes')}
          maximumFractionDigits={3}
          {...common}
          {...bind('limits.maxDurationMs')}
        />
      )}
    </>
  );
}

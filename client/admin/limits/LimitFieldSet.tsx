import { useTranslation } from 'react-i18next';
import { limitsSchema, sharedLimitsSchema } from '../../../shared/admin/index.ts';
import { NumberField } from '../../ui/workbench/index.ts';
import type { BoundField } from '../form/index.ts';
import type { LimitKey, SharedLimitKey } from './limitFields.ts';

export interface LimitFieldSetProps {
  readonly group: 'limits' | 'sharedLimits';
  /** `form.bind` of a form whose fields have `LimitFields`. */
  readonly bind: (key: LimitKey | SharedLimitKey) => BoundField<number | null>;
}

const names = { limits: limitsSchema.keyof().options, sharedLimits: sharedLimitsSchema.keyof().options } as const;

/** Their unit, and into how small parts it is cut. */
const units = {
  callsAtOnce: { unit: 'calls', digits: 0 },
  callsPerMinute: { unit: 'calls', digits: 0 },
  minutesPerDay: { unit: 'minutes', digits: 3 },
  costPerDay: { unit: 'money', digits: 6 },
  maxDurationMs: { unit: 'minutes', digits: 3 },
} as const;

/** Bounds on calls; an empty field is no bound. Stands in a `FieldGroup` with `isPaired`. */
export function LimitFieldSet({ group, bind }: LimitFieldSetProps) {
  const { t } = useTranslation();
  return names[group].map((name) => {
    const { unit, digits } = units[name];
    return (
      <NumberField
        key={name}
        label={t(`admin.limits.${name}`)}
        unit={t(`admin.limits.units.${unit}`)}
        hint={t(`admin.limits.hints.${name}`)}
        placeholder={t('admin.form.unlimited')}
        emptyText={t('admin.form.unlimited')}
        maximumFractionDigits={digits}
        {...bind(`${group}.${name}` as LimitKey | SharedLimitKey)}
      />
    );
  });
}

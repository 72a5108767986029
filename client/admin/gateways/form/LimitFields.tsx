import { useTranslation } from 'react-i18next';
import { FieldGroup, NumberField } from '../../../ui/workbench/index.ts';
import type { GatewayForm } from './useGatewayForm.ts';

/** Its place among the others, how much it takes, and how long is waited. */
export function LimitFields({ form }: { readonly form: GatewayForm }) {
  const { t } = useTranslation();
  const seconds = { unit: t('admin.gateways.seconds'), maximumFractionDigits: 3 };
  return (
    <FieldGroup title={t('admin.gateways.limits')} isPaired>
      <NumberField
        label={t('admin.gateways.priority')}
        hint={t('admin.gateways.priorityHint')}
        {...form.bind('priority')}
      />
      <NumberField label={t('admin.gateways.weight')} hint={t('admin.gateways.weightHint')} {...form.bind('weight')} />
      <NumberField
        label={t('admin.gateways.maxCallsPerSecond')}
        hint={t('admin.gateways.maxCallsPerSecondHint')}
        maximumFractionDigits={1}
        {...form.bind('maxCallsPerSecond')}
      />
      <NumberField
        label={t('admin.gateways.firstResponse')}
        hint={t('admin.gateways.firstResponseHint')}
        {...seconds}
        {...form.bind('timeouts.firstResponseMs')}
      />
      <NumberField
        label={t('admin.gateways.progress')}
        hint={t('admin.gateways.progressHint')}
        {...seconds}
        {...form.bind('timeouts.progressMs')}
      />
      <NumberField
        label={t('admin.gateways.ring')}
        hint={t('admin.gateways.ringHint')}
        {...seconds}
        {...form.bind('timeouts.ringMs')}
      />
    </FieldGroup>
  );
}

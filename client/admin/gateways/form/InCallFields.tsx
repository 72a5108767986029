import { useTranslation } from 'react-i18next';
import type { GatewayView } from '../../../../shared/admin/index.ts';
import { ChoiceField, NumberField, Switch } from '../../../ui/workbench/index.ts';
import type { GatewayForm } from './useGatewayForm.ts';

type Transfer = GatewayView['inCall']['transfer'];

/** What happens in calls that are in progress: passing on, hold, and calls that nobody ended. */
export function InCallFields({ form }: { readonly form: GatewayForm }) {
  const { t } = useTranslation();
  const transfer = form.bind('inCall.transfer');
  return (
    <>
      <ChoiceField<Transfer>
        label={t('admin.gateways.transfer')}
        hint={t('admin.gateways.transferHint')}
        options={(['auto', 'refer', 'bridge'] as const).map((id) => ({
          id,
          name: t(`admin.gateways.transfers.${id}`),
        }))}
        {...transfer}
        onChange={(id) => id !== null && transfer.onChange(id)}
      />
      <Switch
        label={t('admin.gateways.followsReferrals')}
        hint={t('admin.gateways.followsReferralsHint')}
        {...form.bind('inCall.followsReferrals')}
      />
      <Switch
        label={t('admin.gateways.hasHoldMusic')}
        hint={t('admin.gateways.hasHoldMusicHint')}
        {...form.bind('inCall.hasHoldMusic')}
      />
      <NumberField
        label={t('admin.gateways.sessionExpires')}
        hint={t('admin.gateways.sessionExpiresHint')}
        unit={t('admin.gateways.seconds')}
        {...form.bind('inCall.sessionExpiresSeconds')}
      />
    </>
  );
}

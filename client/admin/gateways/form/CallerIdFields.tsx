import { useTranslation } from 'react-i18next';
import type { GatewayView } from '../../../../shared/admin/index.ts';
import { TextField } from '../../../ui/index.ts';
import { ChoiceField, Switch } from '../../../ui/workbench/index.ts';
import { bareNumber } from '../../words/index.ts';
import { NumberRulesField } from './NumberRulesField.tsx';
import type { GatewayForm } from './useGatewayForm.ts';

type Policy = GatewayView['callerId'];
const headers = ['none', 'P-Asserted-Identity', 'P-Preferred-Identity', 'Remote-Party-ID'] as const;

/** Who is named as the caller, and how numbers are written. */
export function CallerIdFields({ form }: { readonly form: GatewayForm }) {
  const { t } = useTranslation();
  const from = form.bind('callerId.from');
  const header = form.bind('callerId.header');
  const privacy = form.bind('callerId.privacy');
  const callerNumber = form.bind('callerNumber');
  return (
    <>
      <ChoiceField<Policy['from']>
        label={t('admin.gateways.from')}
        options={(['callerNumber', 'account'] as const).map((id) => ({ id, name: t(`admin.gateways.froms.${id}`) }))}
        {...from}
        onChange={(id) => id !== null && from.onChange(id)}
      />
      <ChoiceField<Policy['header']>
        label={t('admin.gateways.header')}
        options={headers.map((id) => ({ id, name: id === 'none' ? t('admin.gateways.noHeader') : id }))}
        {...header}
        onChange={(id) => id !== null && header.onChange(id)}
      />
      <ChoiceField<Policy['privacy']>
        label={t('admin.gateways.privacy')}
        options={(['asAsked', 'always'] as const).map((id) => ({ id, name: t(`admin.gateways.privacies.${id}`) }))}
        {...privacy}
        onChange={(id) => id !== null && privacy.onChange(id)}
      />
      <Switch label={t('admin.gateways.hasDisplayName')} {...form.bind('callerId.hasDisplayName')} />
      <TextField
        label={t('admin.gateways.callerNumber')}
        hint={t('admin.gateways.callerNumberHint')}
        type="tel"
        autoComplete="off"
        {...callerNumber}
        onChange={(text) => callerNumber.onChange(bareNumber(text))}
      />
      <NumberRulesField
        label={t('admin.gateways.calledRules')}
        sample="+49 30 123456"
        {...form.bind('calledNumberRules')}
      />
      <NumberRulesField
        label={t('admin.gateways.callerRules')}
        sample="+49 30 123456"
        {...form.bind('callerNumberRules')}
      />
    </>
  );
}

import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { GatewayView } from '../../../../shared/admin/index.ts';
import { TextField } from '../../../ui/index.ts';
import { ChoiceField, Switch, TagField } from '../../../ui/workbench/index.ts';
import { listCountries } from '../../words/index.ts';
import { NumberRulesField } from './NumberRulesField.tsx';
import { SecretField } from './SecretField.tsx';
import type { GatewayForm } from './useGatewayForm.ts';

type NumberPlace = GatewayView['incoming']['calledNumberFrom'];

/** Calls that come from the gateway: how they are known, and how its numbers are read. */
export function IncomingFields({ form }: { readonly form: GatewayForm }) {
  const { t, i18n } = useTranslation();
  const countries = useMemo(() => listCountries(i18n.language), [i18n.language]);
  const calledNumberFrom = form.bind('incoming.calledNumberFrom');
  const isAllowed = form.bind('incoming.isAllowed');
  const hasAccount = form.fields['incoming.credentials.userName'] !== '';
  return (
    <>
      <Switch label={t('admin.gateways.isAllowed')} hint={t('admin.gateways.isAllowedHint')} {...isAllowed} />
      <TagField
        label={t('admin.gateways.addresses')}
        listLabel={t('admin.gateways.addresses')}
        addLabel={t('admin.form.add')}
        hint={t('admin.gateways.addressesHint')}
        placeholder="192.0.2.0/24"
        {...form.bind('incoming.addresses')}
      />
      <TextField
        label={t('admin.gateways.incomingUserName')}
        hint={t('admin.gateways.incomingUserNameHint')}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck="false"
        {...form.bind('incoming.credentials.userName')}
      />
      {hasAccount && (
        <SecretField
          label={t('admin.gateways.incomingPassword')}
          isKept={form.kept.incomingPassword}
          {...form.bind('incoming.credentials.password')}
        />
      )}
      <ChoiceField
        label={t('admin.gateways.country')}
        options={countries}
        noneName={t('admin.gateways.noCountry')}
        {...form.bind('incoming.country')}
      />
      <ChoiceField<NumberPlace>
        label={t('admin.gateways.calledNumberFrom')}
        options={(['requestUri', 'to'] as const).map((id) => ({
          id,
          name: t(`admin.gateways.calledNumberFroms.${id}`),
        }))}
        {...calledNumberFrom}
        onChange={(id) => id !== null && calledNumberFrom.onChange(id)}
      />
      <NumberRulesField
        label={t('admin.gateways.incomingRules')}
        sample="0049 30 123456"
        hasPresets={false}
        {...form.bind('incoming.numberRules')}
      />
    </>
  );
}

import { useTranslation } from 'react-i18next';
import { TextField } from '../../../ui/index.ts';
import { FieldGroup, NumberField, Switch } from '../../../ui/workbench/index.ts';
import { HoursFields } from '../../hours/index.ts';
import { AddressFields, AddressRows } from './AddressFields.tsx';
import { AudioFields } from './AudioFields.tsx';
import { CallerIdFields } from './CallerIdFields.tsx';
import { GatewayFold } from './GatewayFold.tsx';
import { InCallFields } from './InCallFields.tsx';
import { IncomingFields } from './IncomingFields.tsx';
import { LimitFields } from './LimitFields.tsx';
import { CostsField, PrefixesField } from './LongListFields.tsx';
import { SecretField } from './SecretField.tsx';
import { ProbeFields, TlsFields } from './TlsFields.tsx';
import type { GatewayForm } from './useGatewayForm.ts';

/** Everything that is set for a gateway: what most need first, the rest folded. */
export function GatewayFieldSet({ form }: { readonly form: GatewayForm }) {
  const { t } = useTranslation();
  return (
    <>
      <Switch
        label={t('admin.gateways.isEnabled')}
        hint={t('admin.gateways.isEnabledHint')}
        {...form.bind('isEnabled')}
      />
      <FieldGroup title={t('admin.gateways.where')}>
        <AddressFields
          legend={t('admin.gateways.where')}
          host={form.bind('host')}
          port={form.bind('port')}
          transport={form.bind('transport')}
        />
      </FieldGroup>
      <AccountFields form={form} />
      <FieldGroup title={t('admin.gateways.numbers')}>
        <PrefixesField {...form.bind('prefixes')} />
        <NumberField
          label={t('admin.gateways.maxCalls')}
          hint={t('admin.gateways.maxCallsHint')}
          {...form.bind('maxCalls')}
        />
      </FieldGroup>
      <div>
        <GatewayFold
          form={form}
          title={t('admin.gateways.furtherPlace')}
          of={['moreAddresses', 'hasProxy', 'outboundProxy', 'domain', 'region']}
        >
          <FurtherPlaceFields form={form} />
        </GatewayFold>
        <GatewayFold
          form={form}
          title={t('admin.gateways.limits')}
          of={['priority', 'weight', 'maxCallsPerSecond', 'costs', 'timeouts', 'hours']}
        >
          <LimitFields form={form} />
          <CostsField {...form.bind('costs')} />
          <HoursFields
            hasHours={form.bind('hasHours')}
            timeZone={form.bind('hours.timeZone')}
            windows={form.bind('hours.windows')}
            exceptDates={form.bind('hours.exceptDates')}
          />
        </GatewayFold>
        <GatewayFold
          form={form}
          title={t('admin.gateways.audio')}
          of={['codecs', 'dtmf', 'srtp', 'audioSource', 'media']}
        >
          <AudioFields form={form} />
        </GatewayFold>
        <GatewayFold form={form} title={t('admin.gateways.inCall')} of={['inCall']}>
          <InCallFields form={form} />
        </GatewayFold>
        <GatewayFold
          form={form}
          title={t('admin.gateways.callerId')}
          of={['callerId', 'callerNumber', 'calledNumberRules', 'callerNumberRules']}
        >
          <CallerIdFields form={form} />
        </GatewayFold>
        <GatewayFold form={form} title={t('admin.gateways.incoming')} of={['incoming']}>
          <IncomingFields form={form} />
        </GatewayFold>
        <GatewayFold form={form} title={t('admin.gateways.tls')} of={['tls']}>
          <TlsFields form={form} />
        </GatewayFold>
        <GatewayFold form={form} title={t('admin.gateways.probing')} of={['probes']}>
          <ProbeFields form={form} />
        </GatewayFold>
      </div>
    </>
  );
}

function AccountFields({ form }: { readonly form: GatewayForm }) {
  const { t } = useTranslation();
  const hasAccount = form.fields['credentials.userName'] !== '';
  return (
    <FieldGroup title={t('admin.gateways.account')} hint={t('admin.gateways.accountHint')}>
      <TextField
        label={t('admin.gateways.userName')}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck="false"
        {...form.bind('credentials.userName')}
      />
      {hasAccount && (
        <>
          <SecretField
            label={t('admin.gateways.password')}
            isKept={form.kept.password}
            {...form.bind('credentials.password')}
          />
          <TextField
            label={t('admin.gateways.authUserName')}
            hint={t('admin.gateways.authUserNameHint')}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck="false"
            {...form.bind('credentials.authUserName')}
          />
        </>
      )}
      <Switch
        label={t('admin.gateways.isRegistered')}
        hint={t('admin.gateways.isRegisteredHint')}
        {...form.bind('isRegistered')}
      />
      {form.fields.isRegistered && (
        <NumberField
          label={t('admin.gateways.expiresSeconds')}
          unit={t('admin.gateways.seconds')}
          {...form.bind('registration.expiresSeconds')}
        />
      )}
    </FieldGroup>
  );
}

function FurtherPlaceFields({ form }: { readonly form: GatewayForm }) {
  const { t } = useTranslation();
  return (
    <>
      <AddressRows {...form.bind('moreAddresses')} />
      <Switch label={t('admin.gateways.hasProxy')} hint={t('admin.gateways.hasProxyHint')} {...form.bind('hasProxy')} />
      {form.fields.hasProxy && (
        <AddressFields
          legend={t('admin.gateways.proxy')}
          host={form.bind('outboundProxy.host')}
          port={form.bind('outboundProxy.port')}
          transport={form.bind('outboundProxy.transport')}
        />
      )}
      <TextField
        label={t('admin.gateways.domain')}
        hint={t('admin.gateways.domainHint')}
        autoComplete="off"
        autoCapitalize="none"
        {...form.bind('domain')}
      />
      <TextField
        label={t('admin.gateways.region')}
        hint={t('admin.gateways.regionHint')}
        autoComplete="off"
        {...form.bind('region')}
      />
    </>
  );
}

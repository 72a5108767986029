import { useTranslation } from 'react-i18next';
import { Notice, TextField } from '../../../ui/index.ts';
import { Switch, TagField } from '../../../ui/workbench/index.ts';
import { SecretField } from './SecretField.tsx';
import type { GatewayForm } from './useGatewayForm.ts';

/** Who the gateway must be, and who we are, where SIP is encrypted. */
export function TlsFields({ form }: { readonly form: GatewayForm }) {
  const { t } = useTranslation();
  const isVerified = form.bind('tls.isVerified');
  const pem = { rows: 4, spellCheck: 'false', autoComplete: 'off' } as const;
  return (
    <>
      <p className="field-hint">{t('admin.gateways.tlsHint')}</p>
      <Switch label={t('admin.gateways.isVerified')} {...isVerified} />
      {!isVerified.value && <Notice tone="warning">{t('admin.gateways.notVerified')}</Notice>}
      <TextField
        label={t('admin.gateways.serverName')}
        hint={t('admin.gateways.serverNameHint')}
        autoComplete="off"
        autoCapitalize="none"
        {...form.bind('tls.serverName')}
      />
      <TextField label={t('admin.gateways.ca')} hint={t('admin.gateways.caHint')} {...pem} {...form.bind('tls.ca')} />
      <TextField
        label={t('admin.gateways.certificate')}
        hint={t('admin.gateways.certificateHint')}
        {...pem}
        {...form.bind('tls.certificate')}
      />
      {form.fields['tls.certificate'].trim() !== '' && (
        <SecretField
          label={t('admin.gateways.privateKey')}
          rows={4}
          isKept={form.kept.privateKey}
          {...form.bind('tls.privateKey')}
        />
      )}
    </>
  );
}

/** Whether it is asked if it lives, and what it may answer. */
export function ProbeFields({ form }: { readonly form: GatewayForm }) {
  const { t } = useTranslation();
  const isOn = form.bind('probes.isOn');
  return (
    <>
      <Switch label={t('admin.gateways.isProbed')} hint={t('admin.gateways.isProbedHint')} {...isOn} />
      {isOn.value && (
        <TagField
          label={t('admin.gateways.acceptedStatuses')}
          listLabel={t('admin.gateways.acceptedStatuses')}
          addLabel={t('admin.form.add')}
          hint={t('admin.gateways.acceptedStatusesHint')}
          {...form.bind('probes.acceptedStatuses')}
        />
      )}
    </>
  );
}

import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Webhook, WebhookWithSecret } from '../../../shared/admin/index.ts';
import { Notice } from '../../ui/index.ts';
import { EntityLoader, EntityPanel, KeptEntityPanel } from '../form/index.ts';
import { type PanelProps, useWhen } from '../frame/index.ts';
import { DeliveryLog } from './DeliveryLog.tsx';
import { RotateSecret } from './RotateSecret.tsx';
import { useWebhookForm } from './useWebhookForm.ts';
import { WebhookFieldSet } from './WebhookFieldSet.tsx';
import { WebhookSecret } from './WebhookSecret.tsx';
import './WebhookPanel.css';

export function NewWebhook({ panel, onChanged }: PanelProps) {
  const { t } = useTranslation();
  const [made, setMade] = useState<WebhookWithSecret | null>(null);
  const form = useWebhookForm(null, {
    made: (answer) => {
      onChanged();
      setMade(answer);
    },
  });
  if (made !== null) return <WebhookSecret name={made.webhook.name} secret={made.secret} onClose={panel.close} />;
  return (
    <EntityPanel title={t('admin.webhook.newTitle')} form={form} onClose={panel.close}>
      <WebhookFieldSet form={form} />
    </EntityPanel>
  );
}

export function EditWebhook({ id, panel, onChanged }: PanelProps & { id: string }) {
  const { t } = useTranslation();
  return (
    <EntityLoader kind="webhooks" id={id} title={t('admin.webhook.openTitle')} onClose={panel.close}>
      {(webhook) => <WebhookForm webhook={webhook} panel={panel} onChanged={onChanged} />}
    </EntityLoader>
  );
}

function WebhookForm({ webhook, panel, onChanged }: PanelProps & { webhook: Webhook }) {
  const { t } = useTranslation();
  const [renewed, setRenewed] = useState<WebhookWithSecret | null>(null);
  const done = () => {
    onChanged();
    panel.close();
  };
  const form = useWebhookForm(webhook, { saved: done });
  if (renewed !== null) return <WebhookSecret name={webhook.name} secret={renewed.secret} onClose={done} />;
  return (
    <KeptEntityPanel
      kind="webhooks"
      entity={webhook}
      name={webhook.name}
      consequence={t('admin.webhook.deleteText')}
      form={form}
      panel={panel}
      onChanged={onChanged}
      aside={
        <div className="webhook-parts">
          <RotateSecret webhook={webhook} canRotate={!form.isReadOnly && !form.isDirty} onRotated={setRenewed} />
          <DeliveryLog webhook={webhook} canSend={!form.isReadOnly} />
        </div>
      }
    >
      <WhySwitchedOff webhook={webhook} />
      <WebhookFieldSet form={form} />
    </KeptEntityPanel>
  );
}

function WhySwitchedOff({ webhook: { switchedOff } }: { webhook: Webhook }) {
  const { t } = useTranslation();
  const when = useWhen();
  if (switchedOff === null) return null;
  return (
    <Notice tone="danger" title={t('admin.webhook.wasSwitchedOff')}>
      {t(`admin.webhook.switchedOff.${switchedOff.reason}`, { when: when(switchedOff.atMs) })}
    </Notice>
  );
}

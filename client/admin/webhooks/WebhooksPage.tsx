import { Webhook as Icon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Webhook } from '../../../shared/admin/index.ts';
import { Badge, type DataColumn } from '../../ui/workbench/index.ts';
import { EntityListPage, useSharedColumns } from '../frame/index.ts';
import { EditWebhook, NewWebhook } from './WebhookPanel.tsx';

export function WebhooksPage() {
  const { t } = useTranslation();
  return (
    <EntityListPage
      kind="webhooks"
      section="webhooks"
      icon={<Icon />}
      words={t('admin.webhook', { returnObjects: true })}
      columns={useColumns()}
      nameOf={({ name }) => name}
      NewPanel={NewWebhook}
      OpenPanel={EditWebhook}
    />
  );
}

function useColumns(): readonly DataColumn<Webhook>[] {
  const { t } = useTranslation();
  const { brand, status } = useSharedColumns();
  return [
    { id: 'name', name: t('admin.webhook.name'), cell: ({ name }) => name, sortKey: ({ name }) => name },
    { id: 'url', name: t('admin.webhook.url'), cell: ({ url }) => new URL(url).host, sortKey: ({ url }) => url },
    {
      id: 'events',
      name: t('admin.webhook.events'),
      cell: ({ events }) => events.map((type) => t(`admin.webhook.types.${type}`)).join(', '),
      isMinor: true,
    },
    brand,
    {
      ...status,
      cell: (webhook) =>
        webhook.switchedOff === null ? (
          status.cell(webhook)
        ) : (
          <Badge tone="danger">{t('admin.webhook.wasSwitchedOff')}</Badge>
        ),
    },
  ];
}

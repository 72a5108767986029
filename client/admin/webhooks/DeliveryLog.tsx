import { Send } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import {
  type Webhook,
  type WebhookDeliveryState,
  webhookDeliverySchema,
  webhookDeliveryStateSchema,
} from '../../../shared/admin/index.ts';
import { Button, EmptyState, Notice } from '../../ui/index.ts';
import { ChoiceField, FieldGroup } from '../../ui/workbench/index.ts';
import { queryOf, useAdminApi, usePages } from '../api/index.ts';
import { EntityListBody, useAction } from '../frame/index.ts';
import { DeliveryEntry } from './DeliveryEntry.tsx';

const pageSchema = z.object({ items: z.array(webhookDeliverySchema), nextCursor: z.string().nullable() });

/** What this receiver was told and what it answered, and telling it by hand. */
export function DeliveryLog({ webhook: { id }, canSend }: { readonly webhook: Webhook; readonly canSend: boolean }) {
  const { t } = useTranslation();
  const api = useAdminApi();
  const [state, setState] = useState<WebhookDeliveryState | null>(null);
  const log = usePages(JSON.stringify([id, state]), (page) =>
    api.ask({ method: 'GET', path: `/webhook-deliveries${queryOf({ webhookId: id, state, ...page })}` }, pageSchema),
  );
  const test = useAction(async () => {
    await api.ask({ method: 'POST', path: `/webhooks/${encodeURIComponent(id)}/test` }, webhookDeliverySchema);
    log.reload();
  });
  return (
    <FieldGroup title={t('admin.webhook.log')} hint={t('admin.webhook.logHint')}>
      {canSend && (
        <div>
          <Button icon={<Send aria-hidden />} onPress={test.run} isPending={test.isBusy}>
            {t('admin.webhook.test')}
          </Button>
        </div>
      )}
      {test.failure !== null && (
        <Notice tone="danger" isUrgent>
          {test.failure}
        </Notice>
      )}
      <ChoiceField
        label={t('admin.webhook.state')}
        options={webhookDeliveryStateSchema.options.map((one) => ({ id: one, name: t(`admin.webhook.states.${one}`) }))}
        noneName={t('admin.webhook.anyState')}
        value={state}
        onChange={setState}
      />
      <EntityListBody
        list={log}
        searched=""
        isFiltered={state !== null}
        empty={
          <EmptyState icon={<Send />} title={t('admin.webhook.logEmptyTitle')}>
            {t('admin.webhook.logEmptyText')}
          </EmptyState>
        }
      >
        <ul className="webhook-log">
          {log.items.map((delivery) => (
            <li key={delivery.id}>
              <DeliveryEntry delivery={delivery} canSend={canSend} onSent={log.reload} />
            </li>
          ))}
        </ul>
      </EntityListBody>
    </FieldGroup>
  );
}

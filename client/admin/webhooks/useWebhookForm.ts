import { useTranslation } from 'react-i18next';
import {
  type Webhook,
  type WebhookDraft,
  type WebhookWithSecret,
  webhookWithSecretSchema,
} from '../../../shared/admin/index.ts';
import { useNotices } from '../../ui/index.ts';
import { useAdminApi } from '../api/index.ts';
import { type EntityForm, useEntityForm } from '../form/index.ts';

export interface WebhookFields extends Omit<WebhookDraft, 'brandId'> {
  readonly brandId: string | null;
}

/** `made` is told of a new webhook, whose answer has the secret; `saved` of a changed one. */
export function useWebhookForm(
  webhook: Webhook | null,
  on: { readonly made?: (made: WebhookWithSecret) => void; readonly saved?: () => void },
): EntityForm<WebhookFields> {
  const { t } = useTranslation();
  const api = useAdminApi();
  const notices = useNotices();
  return useEntityForm<'webhooks', WebhookFields>({
    kind: 'webhooks',
    entity: webhook,
    fieldsOf: (entity) => ({
      name: entity?.name ?? '',
      url: entity?.url ?? '',
      events: entity?.events ?? ['call.ended'],
      brandId: entity?.brandId ?? null,
      isEnabled: entity?.isEnabled ?? true,
    }),
    draftOf: (fields) => fields,
    create: async (draft) => {
      const made = await api.ask({ method: 'POST', path: '/webhooks', body: draft }, webhookWithSecretSchema);
      on.made?.(made);
      return made.webhook;
    },
    onSaved: ({ name }) => {
      notices.post({ tone: 'plain', text: t(webhook === null ? 'admin.form.created' : 'admin.form.saved', { name }) });
      if (webhook !== null) on.saved?.();
    },
  });
}

import { RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Webhook, type WebhookWithSecret, webhookWithSecretSchema } from '../../../shared/admin/index.ts';
import { Button } from '../../ui/index.ts';
import { ConfirmDialog, FieldGroup } from '../../ui/workbench/index.ts';
import { useAdminApi } from '../api/index.ts';
import { useAction, useWhen } from '../frame/index.ts';

export interface RotateSecretProps {
  readonly webhook: Webhook;
  readonly canRotate: boolean;
  readonly onRotated: (made: WebhookWithSecret) => void;
}

/** The secret, as far as it can be seen: how long the one before counts, and the way to another. */
export function RotateSecret({ webhook, canRotate, onRotated }: RotateSecretProps) {
  const { t } = useTranslation();
  const api = useAdminApi();
  const when = useWhen();
  const [isAsking, setIsAsking] = useState(false);
  const { id, revision, oldSecretEndsAtMs } = webhook;
  const rotate = useAction(async () => {
    const path = `/webhooks/${encodeURIComponent(id)}/rotate-secret`;
    onRotated(await api.ask({ method: 'POST', path, ifMatch: revision }, webhookWithSecretSchema));
  });
  const isTwo = oldSecretEndsAtMs !== null && oldSecretEndsAtMs > Date.now();
  return (
    <FieldGroup
      title={t('admin.webhook.secret')}
      hint={isTwo ? t('admin.webhook.twoSecrets', { when: when(oldSecretEndsAtMs) }) : t('admin.webhook.secretHint')}
    >
      {canRotate && (
        <div>
          <Button icon={<RefreshCw aria-hidden />} onPress={() => setIsAsking(true)}>
            {t('admin.webhook.rotate')}
          </Button>
        </div>
      )}
      {isAsking && (
        <ConfirmDialog
          title={t('admin.webhook.rotateTitle')}
          confirmLabel={t('admin.webhook.rotate')}
          cancelLabel={t('common.cancel')}
          closeLabel={t('common.close')}
          tone="primary"
          isBusy={rotate.isBusy}
          failure={rotate.failure}
          onConfirm={rotate.run}
          onCancel={() => {
            rotate.clear();
            setIsAsking(false);
          }}
        >
          <p>{t('admin.webhook.rotateText')}</p>
        </ConfirmDialog>
      )}
    </FieldGroup>
  );
}

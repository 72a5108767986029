import { RotateCw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type WebhookAttempt, type WebhookDelivery, webhookDeliverySchema } from '../../../shared/admin/index.ts';
import { Button, Notice } from '../../ui/index.ts';
import { Badge, Fold } from '../../ui/workbench/index.ts';
import { useAdminApi } from '../api/index.ts';
import { useAction, useWhen } from '../frame/index.ts';

const tones = { waiting: 'warning', delivered: 'good', failed: 'danger' } as const;

export interface DeliveryEntryProps {
  readonly delivery: WebhookDelivery;
  readonly canSend: boolean;
  readonly onSent: () => void;
}

/** One event: what became of it, and behind its name each try and what was sent. */
export function DeliveryEntry({ delivery, canSend, onSent }: DeliveryEntryProps) {
  const { t } = useTranslation();
  const api = useAdminApi();
  const when = useWhen();
  const { id, eventType, state, createdAtMs, nextAttemptAtMs, attempts, body } = delivery;
  const redeliver = useAction(async () => {
    const path = `/webhook-deliveries/${encodeURIComponent(id)}/redeliver`;
    await api.ask({ method: 'POST', path }, webhookDeliverySchema);
    onSent();
  });
  const next = state === 'waiting' && nextAttemptAtMs !== null && attempts.length > 0 ? nextAttemptAtMs : null;
  return (
    <>
      <p className="webhook-log-head">
        <Badge tone={tones[state]}>{t(`admin.webhook.states.${state}`)}</Badge>
        <span>{when(createdAtMs)}</span>
        {next !== null && <span>{t('admin.webhook.nextTry', { when: when(next) })}</span>}
      </p>
      <Fold title={t(`admin.webhook.types.${eventType}`)}>
        <ol className="webhook-tries">
          {attempts.map((attempt) => (
            <Try key={attempt.atMs} attempt={attempt} />
          ))}
        </ol>
        <p>{t('admin.webhook.sent')}</p>
        <pre className="webhook-text">{body}</pre>
        {canSend && (
          <Button icon={<RotateCw aria-hidden />} onPress={redeliver.run} isPending={redeliver.isBusy}>
            {t('admin.webhook.redeliver')}
          </Button>
        )}
        {redeliver.failure !== null && (
          <Notice tone="danger" isUrgent>
            {redeliver.failure}
          </Notice>
        )}
      </Fold>
    </>
  );
}

function Try({ attempt: { atMs, durationMs, status, problem, response } }: { readonly attempt: WebhookAttempt }) {
  const { t } = useTranslation();
  const when = useWhen();
  const said = problem ?? t('admin.webhook.answered', { status });
  return (
    <li>
      <p>{t('admin.webhook.tried', { when: when(atMs), ms: Math.round(durationMs), said })}</p>
      {response !== '' && <pre className="webhook-text">{response}</pre>}
    </li>
  );
}

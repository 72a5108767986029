import { useTranslation } from 'react-i18next';
import { Button, Notice } from '../../ui/index.ts';
import { CopyField, SidePanel } from '../../ui/workbench/index.ts';
import './WebhookPanel.css';

/** A new secret, this once: it can't be had again. */
export function WebhookSecret({ name, secret, onClose }: { name: string; secret: string; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <SidePanel
      title={name}
      closeLabel={t('common.close')}
      onClose={onClose}
      isSticky
      actions={
        <Button variant="primary" onPress={onClose}>
          {t('admin.webhook.taken')}
        </Button>
      }
    >
      <div className="webhook-parts">
        <Notice tone="warning" title={t('admin.webhook.secretTitle')} isUrgent>
          {t('admin.webhook.secretText')}
        </Notice>
        <CopyField
          label={t('admin.webhook.secret')}
          text={secret}
          copyLabel={t('admin.form.copy')}
          copiedLabel={t('admin.form.copied')}
        />
      </div>
    </SidePanel>
  );
}

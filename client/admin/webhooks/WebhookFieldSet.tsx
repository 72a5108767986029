import { useTranslation } from 'react-i18next';
import { subscribedEventTypeSchema } from '../../../shared/admin/index.ts';
import { TextField } from '../../ui/index.ts';
import { ChecksField, Switch } from '../../ui/workbench/index.ts';
import { BrandField, type EntityForm } from '../form/index.ts';
import type { WebhookFields } from './useWebhookForm.ts';

export function WebhookFieldSet({ form }: { readonly form: EntityForm<WebhookFields> }) {
  const { t } = useTranslation();
  const events = form.bind('events');
  return (
    <>
      <TextField
        label={t('admin.webhook.name')}
        hint={t('admin.webhook.nameHint')}
        autoComplete="off"
        {...form.bind('name')}
      />
      <TextField
        label={t('admin.webhook.url')}
        hint={t('admin.webhook.urlHint')}
        autoComplete="off"
        placeholder="https://crm.example.com/dialbridge"
        {...form.bind('url')}
      />
      <Switch
        label={t('admin.webhook.isEnabled')}
        hint={t('admin.webhook.isEnabledHint')}
        {...form.bind('isEnabled')}
      />
      <ChecksField
        label={t('admin.webhook.events')}
        options={subscribedEventTypeSchema.options.map((id) => ({
          ...{ id, name: t(`admin.webhook.types.${id}`), hint: id },
        }))}
        {...events}
        onChange={(chosen) => events.onChange([...chosen])}
      />
      <BrandField
        label={t('admin.list.brand')}
        hint={t('admin.webhook.brandHint')}
        noneName={t('admin.list.everyBrand')}
        {...form.bind('brandId')}
      />
    </>
  );
}

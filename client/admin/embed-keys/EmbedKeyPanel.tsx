import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EmbedKey } from '../../../shared/admin/index.ts';
import { TextField } from '../../ui/index.ts';
import { FieldGroup, Switch, TagField } from '../../ui/workbench/index.ts';
import { BrandField, type EntityForm, EntityLoader, EntityPanel, KeptEntityPanel, originOf } from '../form/index.ts';
import type { PanelProps } from '../frame/index.ts';
import { LimitFieldSet } from '../limits/index.ts';
import { DestinationRows } from './DestinationRows.tsx';
import { EmbedCode } from './EmbedCode.tsx';
import { type EmbedKeyFields, useEmbedKeyForm } from './useEmbedKeyForm.ts';

export function NewEmbedKey({ panel, onChanged }: PanelProps) {
  const { t } = useTranslation();
  const [created, setCreated] = useState<EmbedKey | null>(null);
  const form = useEmbedKeyForm(null, (key) => {
    onChanged();
    setCreated(key);
  });
  // With its code at hand: that is what it was made for.
  if (created !== null) return <EmbedKeyForm embedKey={created} panel={panel} onChanged={onChanged} />;
  return (
    <EntityPanel title={t('admin.embedKey.newTitle')} form={form} onClose={panel.close}>
      <EmbedKeyFieldSet form={form} />
    </EntityPanel>
  );
}

export function EditEmbedKey({ id, panel, onChanged }: PanelProps & { id: string }) {
  const { t } = useTranslation();
  return (
    <EntityLoader kind="embedKeys" id={id} title={t('admin.embedKey.openTitle')} onClose={panel.close}>
      {(key) => <EmbedKeyForm embedKey={key} panel={panel} onChanged={onChanged} />}
    </EntityLoader>
  );
}

function EmbedKeyForm({ embedKey, panel, onChanged }: PanelProps & { embedKey: EmbedKey }) {
  const { t } = useTranslation();
  const done = () => {
    onChanged();
    panel.close();
  };
  const form = useEmbedKeyForm(embedKey, done);
  return (
    <KeptEntityPanel
      kind="embedKeys"
      entity={embedKey}
      name={embedKey.name}
      consequence={t('admin.embedKey.deleteText')}
      form={form}
      panel={panel}
      onChanged={onChanged}
    >
      <EmbedCode embedKey={embedKey} />
      <EmbedKeyFieldSet form={form} />
    </KeptEntityPanel>
  );
}

function EmbedKeyFieldSet({ form }: { form: EntityForm<EmbedKeyFields> }) {
  const { t } = useTranslation();
  return (
    <>
      <TextField
        label={t('admin.embedKey.name')}
        hint={t('admin.embedKey.nameHint')}
        autoComplete="off"
        {...form.bind('name')}
      />
      <BrandField label={t('admin.list.brand')} hint={t('admin.embedKey.brandHint')} {...form.bind('brandId')} />
      <Switch
        label={t('admin.embedKey.isEnabled')}
        hint={t('admin.embedKey.isEnabledHint')}
        {...form.bind('isEnabled')}
      />
      <TagField
        label={t('admin.embedKey.origins')}
        listLabel={t('admin.embedKey.originList')}
        addLabel={t('admin.form.add')}
        hint={t('admin.embedKey.originsHint')}
        placeholder="https://www.example.com"
        normalize={originOf}
        inputMode="url"
        {...form.bind('origins')}
      />
      <DestinationRows
        label={t('admin.embedKey.destinations')}
        hint={t('admin.embedKey.destinationsHint')}
        {...form.bind('destinations')}
      />
      <FieldGroup title={t('admin.embedKey.shown')} isPaired>
        <TextField label={t('admin.embedKey.visitorName')} autoComplete="off" {...form.bind('visitorName')} />
        <TextField
          label={t('admin.embedKey.callerNumber')}
          hint={t('admin.embedKey.callerNumberHint')}
          type="tel"
          autoComplete="off"
          {...form.bind('callerNumber')}
        />
      </FieldGroup>
      <FieldGroup title={t('admin.embedKey.limits')} hint={t('admin.embedKey.limitsHint')} isPaired>
        <LimitFieldSet group="limits" bind={form.bind} />
      </FieldGroup>
      <FieldGroup title={t('admin.embedKey.sharedLimits')} hint={t('admin.embedKey.sharedLimitsHint')} isPaired>
        <LimitFieldSet group="sharedLimits" bind={form.bind} />
      </FieldGroup>
    </>
  );
}

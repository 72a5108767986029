import { useTranslation } from 'react-i18next';
import type { Rate } from '../../../shared/admin/index.ts';
import { TextField, useNotices } from '../../ui/index.ts';
import { NumberField, ReadOnlyField } from '../../ui/workbench/index.ts';
import { type EntityForm, EntityLoader, EntityPanel, KeptEntityPanel, useEntityForm } from '../form/index.ts';
import type { Panel } from '../frame/index.ts';

interface RatePanelProps {
  readonly panel: Panel;
  readonly onChanged: () => void;
}

interface RateFields {
  readonly id: string;
  readonly name: string;
  readonly pricePerMinute: number | null;
  readonly connectionFee: number | null;
  readonly firstSeconds: number | null;
  readonly incrementSeconds: number | null;
}

export function NewRate({ panel, onChanged }: RatePanelProps) {
  const { t } = useTranslation();
  const notices = useNotices();
  const form = useRateForm(null, (rate) => {
    onChanged();
    notices.post({ tone: 'plain', text: t('admin.form.created', { name: rate.id }) });
    panel.close();
  });
  return (
    <EntityPanel title={t('admin.rates.newTitle')} form={form} onClose={panel.close}>
      <TextField
        label={t('admin.rates.prefix')}
        hint={t('admin.rates.prefixHint')}
        type="tel"
        autoComplete="off"
        autoFocus
        {...form.bind('id')}
      />
      <RateFieldSet form={form} />
    </EntityPanel>
  );
}

export function EditRate({ id, panel, onChanged }: RatePanelProps & { readonly id: string }) {
  const { t } = useTranslation();
  return (
    <EntityLoader kind="rates" id={id} title={t('admin.rates.openTitle')} onClose={panel.close}>
      {(rate) => <RateEditor rate={rate} panel={panel} onChanged={onChanged} />}
    </EntityLoader>
  );
}

function RateEditor({ rate, panel, onChanged }: RatePanelProps & { readonly rate: Rate }) {
  const { t } = useTranslation();
  const notices = useNotices();
  const title = rate.name === undefined ? rate.id : `${rate.id} ${rate.name}`;
  const form = useRateForm(rate, () => {
    onChanged();
    notices.post({ tone: 'plain', text: t('admin.form.saved', { name: title }) });
    panel.close();
  });
  return (
    <KeptEntityPanel
      kind="rates"
      entity={rate}
      name={title}
      consequence={t('admin.rates.deleteText')}
      form={form}
      panel={panel}
      onChanged={onChanged}
    >
      <ReadOnlyField label={t('admin.rates.prefix')}>{rate.id}</ReadOnlyField>
      <RateFieldSet form={form} />
    </KeptEntityPanel>
  );
}

function RateFieldSet({ form }: { readonly form: EntityForm<RateFields> }) {
  const { t } = useTranslation();
  return (
    <>
      <TextField
        label={t('admin.rates.name')}
        hint={t('admin.rates.nameHint')}
        autoComplete="off"
        {...form.bind('name')}
      />
      <NumberField label={t('admin.rates.pricePerMinute')} maximumFractionDigits={6} {...form.bind('pricePerMinute')} />
      <NumberField
        label={t('admin.rates.connectionFee')}
        hint={t('admin.rates.connectionFeeHint')}
        maximumFractionDigits={6}
        {...form.bind('connectionFee')}
      />
      <NumberField
        label={t('admin.rates.firstSeconds')}
        hint={t('admin.rates.firstSecondsHint')}
        unit={t('admin.rates.seconds')}
        {...form.bind('firstSeconds')}
      />
      <NumberField
        label={t('admin.rates.incrementSeconds')}
        hint={t('admin.rates.incrementSecondsHint')}
        unit={t('admin.rates.seconds')}
        {...form.bind('incrementSeconds')}
      />
    </>
  );
}

function useRateForm(rate: Rate | null, onSaved: (rate: Rate) => void): EntityForm<RateFields> {
  return useEntityForm<'rates', RateFields>({
    kind: 'rates',
    entity: rate,
    fieldsOf: (entity) => ({
      id: entity?.id ?? '',
      name: entity?.name ?? '',
      pricePerMinute: entity?.pricePerMinute ?? null,
      connectionFee: entity?.connectionFee ?? 0,
      firstSeconds: entity?.firstSeconds ?? 60,
      incrementSeconds: entity?.incrementSeconds ?? 60,
    }),
    draftOf: ({ id, name, ...amounts }) => ({
      ...amounts,
      ...(name.trim() !== '' && { name }),
      ...(rate === null && { id: id.replace(/[\s().\-/]/g, '') }),
    }),
    onSaved,
  });
}

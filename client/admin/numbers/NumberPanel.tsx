import { useTranslation } from 'react-i18next';
import type { NumberEntry } from '../../../shared/admin/index.ts';
import { TextField, useNotices } from '../../ui/index.ts';
import { ChecksField, FieldGroup, NumberField, ReadOnlyField, Switch } from '../../ui/workbench/index.ts';
import { useAccess } from '../access.ts';
import { useOptions } from '../api/index.ts';
import {
  BrandField,
  type EntityForm,
  EntityLoader,
  EntityPanel,
  KeptEntityPanel,
  useEntityForm,
} from '../form/index.ts';
import type { PanelProps } from '../frame/index.ts';
import { HoursFields } from '../hours/index.ts';
import { DestinationFields } from './DestinationFields.tsx';
import { type NumberFields, numberFieldsOf, numberInputOf, type Occasion } from './numberFields.ts';
import { useNumberName } from './useNumberName.ts';

const occasions = ['noAnswer', 'busy', 'declined', 'unreachable', 'closed'] as const;

export function NewNumber(props: PanelProps) {
  const { t } = useTranslation();
  const form = useNumberForm(null, props);
  return (
    <EntityPanel title={t('admin.numbers.newTitle')} form={form} onClose={props.panel.close}>
      <TextField
        label={t('admin.numbers.number')}
        hint={t('admin.numbers.numberHint')}
        type="tel"
        autoComplete="off"
        {...form.bind('id')}
      />
      <NumberFieldSet form={form} />
    </EntityPanel>
  );
}

export function EditNumber({ id, ...props }: PanelProps & { readonly id: string }) {
  const { t } = useTranslation();
  return (
    <EntityLoader kind="numbers" id={id} title={t('admin.numbers.openTitle')} onClose={props.panel.close}>
      {(entry) => <NumberEditor entry={entry} {...props} />}
    </EntityLoader>
  );
}

function NumberEditor({ entry, ...props }: PanelProps & { readonly entry: NumberEntry }) {
  const { t } = useTranslation();
  const { role } = useAccess();
  const nameOf = useNumberName();
  const form = useNumberForm(entry, props);
  return (
    <KeptEntityPanel
      {...props}
      kind="numbers"
      entity={entry}
      name={nameOf(entry)}
      consequence={role === 'operator' ? t('admin.numbers.deleteText') : null}
      form={form}
    >
      <ReadOnlyField label={t('admin.numbers.number')}>{entry.id}</ReadOnlyField>
      <NumberFieldSet form={form} />
    </KeptEntityPanel>
  );
}

function NumberFieldSet({ form }: { readonly form: EntityForm<NumberFields> }) {
  const { t } = useTranslation();
  const hasOtherwise = form.bind('hasOtherwise');
  const brand = form.bind('brandId');
  const onlyBrand = useOnlyBrand();
  return (
    <>
      <TextField
        label={t('admin.numbers.name')}
        hint={t('admin.numbers.nameHint')}
        autoComplete="off"
        {...form.bind('name')}
      />
      <BrandField label={t('admin.numbers.brand')} {...brand} value={brand.value ?? onlyBrand} />
      <Switch
        label={t('admin.numbers.isEnabled')}
        hint={t('admin.numbers.isEnabledHint')}
        {...form.bind('isEnabled')}
      />
      <FieldGroup title={t('admin.numbers.destination')}>
        <DestinationFields form={form} path="destination" />
        <NumberField
          label={t('admin.numbers.ringSeconds')}
          unit={t('admin.numbers.seconds')}
          {...form.bind('ringSeconds')}
        />
      </FieldGroup>
      <FieldGroup title={t('admin.numbers.otherwise')}>
        <Switch label={t('admin.numbers.hasOtherwise')} hint={t('admin.numbers.hasOtherwiseHint')} {...hasOtherwise} />
        {hasOtherwise.value && (
          <>
            <ChecksField<Occasion>
              label={t('admin.numbers.when')}
              options={occasions.map((id) => ({ id, name: t(`admin.numbers.whens.${id}`) }))}
              {...form.bind('otherwise.when')}
            />
            <DestinationFields form={form} path="otherwise.destination" />
            <NumberField
              label={t('admin.numbers.ringSeconds')}
              unit={t('admin.numbers.seconds')}
              {...form.bind('otherwise.ringSeconds')}
            />
          </>
        )}
      </FieldGroup>
      <HoursFields
        hasHours={form.bind('hasHours')}
        timeZone={form.bind('hours.timeZone')}
        windows={form.bind('hours.windows')}
        exceptDates={form.bind('hours.exceptDates')}
      />
    </>
  );
}

function useNumberForm(entry: NumberEntry | null, { panel, onChanged }: PanelProps): EntityForm<NumberFields> {
  const { t } = useTranslation();
  const { ownBrandId } = useAccess();
  const notices = useNotices();
  const nameOf = useNumberName();
  const onlyBrand = useOnlyBrand();
  return useEntityForm<'numbers', NumberFields>({
    kind: 'numbers',
    entity: entry,
    fieldsOf: (present) => numberFieldsOf(present, ownBrandId),
    // Where there is one brand nobody should have to choose it.
    draftOf: (fields) => numberInputOf({ ...fields, brandId: fields.brandId ?? onlyBrand }, entry === null),
    onSaved: (saved) => {
      onChanged();
      const text = entry === null ? 'admin.form.created' : 'admin.form.saved';
      notices.post({ tone: 'plain', text: t(text, { name: nameOf(saved) }) });
      panel.close();
    },
  });
}

/** The brand, where there is one alone. */
function useOnlyBrand(): string | null {
  const [first, second] = useOptions('brands').options;
  return first !== undefined && second === undefined ? first.id : null;
}

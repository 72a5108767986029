import { useTranslation } from 'react-i18next';
import type { BrandSettings } from '../../../shared/admin/index.ts';
import { TextField, useNotices } from '../../ui/index.ts';
import { ReadOnlyField } from '../../ui/workbench/index.ts';
import { useAccess } from '../access.ts';
import {
  type EntityForm,
  EntityLoader,
  EntityPanel,
  KeptEntityPanel,
  NameAndIdFields,
  useEntityForm,
} from '../form/index.ts';
import type { PanelProps } from '../frame/index.ts';
import { BrandPreviews } from './BrandPreviews.tsx';
import './BrandPanel.css';
import { type BrandFields, brandFieldsOf, brandInputOf } from './brandFields.ts';
import { LookFields } from './LookFields.tsx';
import { OperatorFields } from './OperatorFields.tsx';
import { PaletteFields } from './PaletteFields.tsx';
import { PlaceFields } from './PlaceFields.tsx';

export function NewBrand({ panel, onChanged }: PanelProps) {
  const { t } = useTranslation();
  const notices = useNotices();
  const form = useBrandForm(null, (brand) => {
    onChanged();
    notices.post({ tone: 'plain', text: t('admin.form.created', { name: brand.name }) });
    // Logo and font can be uploaded from now on.
    panel.open(brand.id);
  });
  return (
    <EntityPanel title={t('admin.brands.newTitle')} form={form} onClose={panel.close} isWide>
      <BrandEditor form={form} brandId={null}>
        <NameAndIdFields
          form={form}
          name={{ label: t('admin.brands.name'), hint: t('admin.brands.nameHint') }}
          id={{ label: t('admin.brands.id'), hint: t('admin.brands.idHint') }}
        />
      </BrandEditor>
    </EntityPanel>
  );
}

export function EditBrand({ id, panel, onChanged }: PanelProps & { readonly id: string }) {
  const { t } = useTranslation();
  return (
    <EntityLoader kind="brands" id={id} title={t('admin.brands.openTitle')} onClose={panel.close}>
      {(brand) => <OpenBrand brand={brand} panel={panel} onChanged={onChanged} />}
    </EntityLoader>
  );
}

function OpenBrand({ brand, panel, onChanged }: PanelProps & { readonly brand: BrandSettings }) {
  const { t } = useTranslation();
  const { role } = useAccess();
  const notices = useNotices();
  const done = () => {
    onChanged();
    panel.close();
  };
  const form = useBrandForm(brand, (saved) => {
    notices.post({ tone: 'plain', text: t('admin.form.saved', { name: saved.name }) });
    done();
  });
  return (
    <KeptEntityPanel
      kind="brands"
      entity={brand}
      name={brand.name}
      consequence={role === 'operator' ? t('admin.brands.deleteText') : null}
      form={form}
      panel={panel}
      onChanged={onChanged}
      isWide
    >
      <BrandEditor form={form} brandId={brand.id}>
        <TextField
          label={t('admin.brands.name')}
          hint={t('admin.brands.nameHint')}
          autoComplete="off"
          {...form.bind('name')}
        />
        <ReadOnlyField label={t('admin.brands.id')}>{brand.id}</ReadOnlyField>
      </BrandEditor>
    </KeptEntityPanel>
  );
}

interface BrandEditorProps {
  readonly form: EntityForm<BrandFields>;
  readonly brandId: string | null;
  /** Name and id. */
  readonly children: React.ReactNode;
}

/** The fields, and beside them what they come to. */
function BrandEditor({ form, brandId, children }: BrandEditorProps) {
  return (
    <div className="brand-editor">
      <div className="brand-fields">
        {children}
        <PaletteFields form={form} />
        <LookFields form={form} brandId={brandId} />
        <PlaceFields form={form} />
        <OperatorFields form={form} />
      </div>
      <BrandPreviews fields={form.fields} />
    </div>
  );
}

function useBrandForm(brand: BrandSettings | null, onSaved: (brand: BrandSettings) => void): EntityForm<BrandFields> {
  return useEntityForm<'brands', BrandFields>({
    kind: 'brands',
    entity: brand,
    fieldsOf: (entity) => brandFieldsOf(entity, Intl.DateTimeFormat().resolvedOptions().timeZone),
    draftOf: (fields) => brandInputOf(fields, brand === null),
    onSaved,
  });
}

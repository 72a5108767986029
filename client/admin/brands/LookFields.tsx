import { useTranslation } from 'react-i18next';
import { ChoiceField, FieldGroup } from '../../ui/workbench/index.ts';
import type { EntityForm } from '../form/index.ts';
import { AssetField } from './AssetField.tsx';
import type { BrandFields, FontFamily } from './brandFields.ts';

const families: readonly FontFamily[] = ['system', 'serif', 'rounded', 'uploaded'];

export interface LookFieldsProps {
  readonly form: EntityForm<BrandFields>;
  /** Null while the brand is not created: nothing can be uploaded for it. */
  readonly brandId: string | null;
}

/** Logo and font. */
export function LookFields({ form, brandId }: LookFieldsProps) {
  const { t } = useTranslation();
  const { fields } = form;
  const offered = families.filter((family) => family !== 'uploaded' || brandId !== null);
  return (
    <>
      <FieldGroup
        title={t('admin.brands.logo.title')}
        hint={t(brandId === null ? 'admin.brands.logo.afterCreating' : 'admin.brands.logo.hint')}
      >
        {brandId !== null && (
          <AssetField
            label={t('admin.brands.logo.light')}
            brandId={brandId}
            kind="picture"
            {...form.bind('logo.light')}
          />
        )}
        {brandId !== null && fields['logo.light'] !== null && (
          <AssetField
            label={t('admin.brands.logo.dark')}
            hint={t('admin.brands.logo.darkHint')}
            brandId={brandId}
            kind="picture"
            ground="dark"
            {...form.bind('logo.dark')}
          />
        )}
      </FieldGroup>
      <FieldGroup title={t('admin.brands.font.title')}>
        <ChoiceField
          label={t('admin.brands.font.family')}
          noneName={t('admin.brands.font.usual')}
          options={offered.map((id) => ({ id, name: t(`admin.brands.font.families.${id}`) }))}
          {...form.bind('font.family')}
        />
        {brandId !== null && fields['font.family'] === 'uploaded' && (
          <AssetField
            label={t('admin.brands.font.file')}
            hint={t('admin.brands.font.fileHint')}
            brandId={brandId}
            kind="font"
            {...form.bind('font.assetId')}
          />
        )}
      </FieldGroup>
    </>
  );
}

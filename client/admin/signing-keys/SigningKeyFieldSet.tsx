import { useTranslation } from 'react-i18next';
import { Notice, TextField } from '../../ui/index.ts';
import {
  ChoiceField,
  FieldGroup,
  MultiChoiceField,
  NumberField,
  ReadOnlyField,
  Switch,
  TagField,
} from '../../ui/workbench/index.ts';
import { useOptions } from '../api/index.ts';
import { BrandField, type EntityForm, originOf } from '../form/index.ts';
import type { SigningKeyFields } from './useSigningKeyForm.ts';

const algorithms = ['EdDSA', 'ES256', 'HS256'] as const;

interface SigningKeyFormProps {
  readonly form: EntityForm<SigningKeyFields>;
}

/** What every key has, new or there already. */
export function SigningKeyFieldSet({ form }: SigningKeyFormProps) {
  const { t } = useTranslation();
  const groups = useOptions('groups');
  return (
    <>
      <TextField
        label={t('admin.signingKey.name')}
        hint={t('admin.signingKey.nameHint')}
        autoComplete="off"
        {...form.bind('name')}
      />
      <BrandField label={t('admin.list.brand')} hint={t('admin.signingKey.brandHint')} {...form.bind('brandId')} />
      <Switch
        label={t('admin.signingKey.isEnabled')}
        hint={t('admin.signingKey.isEnabledHint')}
        {...form.bind('isEnabled')}
      />
      <TextField
        label={t('admin.signingKey.issuer')}
        hint={t('admin.signingKey.issuerHint')}
        autoComplete="off"
        placeholder="https://app.example.com"
        {...form.bind('issuer')}
      />
      <TextField
        label={t('admin.signingKey.audience')}
        hint={t('admin.signingKey.audienceHint')}
        autoComplete="off"
        {...form.bind('audience')}
      />
      <NumberField
        label={t('admin.signingKey.maxLifetime')}
        hint={t('admin.signingKey.maxLifetimeHint')}
        unit={t('admin.limits.units.minutes')}
        maximumFractionDigits={3}
        {...form.bind('maxLifetimeMs')}
      />
      <MultiChoiceField
        label={t('admin.signingKey.groups')}
        hint={t('admin.signingKey.groupsHint')}
        options={groups.options}
        placeholder={t('admin.users.noGroups')}
        searchLabel={t('admin.form.search')}
        {...form.bind('groups')}
      />
      <TagField
        label={t('admin.signingKey.origins')}
        listLabel={t('admin.signingKey.originList')}
        addLabel={t('admin.form.add')}
        hint={t('admin.signingKey.originsHint')}
        placeholder="https://app.example.com"
        normalize={originOf}
        inputMode="url"
        {...form.bind('origins')}
      />
      {!form.isNew && (
        <ReadOnlyField label={t('admin.signingKey.algorithm')}>
          {form.fields.algorithm && t(`admin.signingKey.algorithms.${form.fields.algorithm}`)}
        </ReadOnlyField>
      )}
    </>
  );
}

/** How a new key proves its tokens. It stays so: a token may be checked in one way only. */
export function NewKeyMaterial({ form }: SigningKeyFormProps) {
  const { t } = useTranslation();
  const isSecret = form.fields.algorithm === 'HS256';
  return (
    <FieldGroup title={t('admin.signingKey.proof')}>
      <ChoiceField
        label={t('admin.signingKey.algorithm')}
        options={algorithms.map((id) => ({ id, name: t(`admin.signingKey.algorithms.${id}`) }))}
        {...form.bind('algorithm')}
      />
      {isSecret ? (
        <Notice tone="info">{t('admin.signingKey.secretHint')}</Notice>
      ) : (
        <TextField
          label={t('admin.signingKey.publicKey')}
          hint={t('admin.signingKey.publicKeyHint')}
          rows={5}
          autoComplete="off"
          {...form.bind('publicKey')}
        />
      )}
    </FieldGroup>
  );
}

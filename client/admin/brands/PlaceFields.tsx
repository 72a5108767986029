import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { languageNames } from '../../preferences/index.ts';
import { TextField } from '../../ui/index.ts';
import { ChoiceField, FieldGroup, Switch } from '../../ui/workbench/index.ts';
import type { EntityForm } from '../form/index.ts';
import { listCountries, TimeZoneField } from '../words/index.ts';
import { type BrandFields, featureNames } from './brandFields.ts';
import { LegalLinkFields } from './LegalLinkFields.tsx';

const languages = Object.entries(languageNames).map(([id, name]) => ({ id, name }));

/** Country, language, time; links; what is offered. */
export function PlaceFields({ form }: { readonly form: EntityForm<BrandFields> }) {
  const { t, i18n } = useTranslation();
  const countries = useMemo(() => listCountries(i18n.language), [i18n.language]);
  return (
    <>
      <FieldGroup title={t('admin.brands.place')}>
        <ChoiceField
          label={t('admin.brands.defaultCountry')}
          hint={t('admin.brands.defaultCountryHint')}
          options={countries}
          {...form.bind('defaultCountry')}
        />
        <ChoiceField
          label={t('admin.brands.language')}
          hint={t('admin.brands.languageHint')}
          options={languages}
          {...form.bind('language')}
        />
        <TimeZoneField
          label={t('admin.brands.timeZone')}
          hint={t('admin.brands.timeZoneHint')}
          {...form.bind('timeZone')}
        />
      </FieldGroup>
      <FieldGroup title={t('admin.brands.links')}>
        <TextField
          label={t('admin.brands.supportUrl')}
          hint={t('admin.brands.supportUrlHint')}
          type="url"
          autoComplete="off"
          {...form.bind('supportUrl')}
        />
        <LegalLinkFields {...form.bind('legalLinks')} />
      </FieldGroup>
      <FieldGroup title={t('admin.brands.features')} isPaired>
        {featureNames.map((name) => (
          <Switch key={name} label={t(`admin.brands.featureNames.${name}`)} {...form.bind(`features.${name}`)} />
        ))}
      </FieldGroup>
    </>
  );
}

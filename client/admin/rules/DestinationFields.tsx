import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { highRiskNumberTypes, type NumberType, numberTypeSchema } from '../../../shared/domain/index.ts';
import { ChecksField, FieldGroup, MultiChoiceField, TagField } from '../../ui/workbench/index.ts';
import { barePrefix, listCountries } from '../words/index.ts';
import type { RuleForm } from './useRuleForm.ts';

type HighRisk = 'premiumRate' | 'satellite' | 'internationalNetwork';
const ordinary = numberTypeSchema.options.filter((type) => !highRiskNumberTypes.includes(type));

/** Where to: prefixes, countries, kinds of numbers. */
export function DestinationFields({ form }: { readonly form: RuleForm }) {
  const { t, i18n } = useTranslation();
  const countries = useMemo(() => listCountries(i18n.language), [i18n.language]);
  const isAllow = form.fields.action === 'allow';
  const { hint, ...types } = form.bind('to.types');
  return (
    <FieldGroup title={t('admin.rules.whereTo')} hint={t('admin.rules.whereToHint')}>
      <TagField
        label={t('admin.rules.prefixes')}
        listLabel={t('admin.rules.prefixes')}
        addLabel={t('admin.form.add')}
        hint={t('admin.rules.prefixesHint')}
        placeholder={t('admin.rules.prefixesPlaceholder')}
        normalize={barePrefix}
        inputMode="tel"
        {...form.bind('to.prefix')}
      />
      <MultiChoiceField
        label={t('admin.rules.countries')}
        options={countries}
        placeholder={t('admin.rules.anyCountry')}
        searchLabel={t('admin.form.search')}
        {...form.bind('to.countries')}
      />
      <ChecksField<NumberType>
        label={t('admin.rules.numberTypes')}
        hint={hint ?? t(isAllow ? 'admin.rules.anyOrdinaryType' : 'admin.rules.anyType')}
        options={ordinary.map((id) => ({ id, name: t(`admin.rules.oneOfType.${id}`) }))}
        {...types}
      />
      <div className="rule-high-risk">
        <ChecksField<NumberType>
          label={t('admin.rules.highRisk')}
          hint={t(isAllow ? 'admin.rules.highRiskAllow' : 'admin.rules.highRiskDeny')}
          options={highRiskNumberTypes.map((id) => ({
            id,
            name: t(`admin.rules.oneOfType.${id}`),
            hint: t(`admin.rules.typeHints.${id as HighRisk}`),
          }))}
          {...types}
          error={undefined}
        />
      </div>
    </FieldGroup>
  );
}

import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Notice, Segmented, TextField } from '../../ui/index.ts';
import { FieldGroup, Switch, TagField } from '../../ui/workbench/index.ts';
import { HoursFields } from '../hours/index.ts';
import { LimitFieldSet } from '../limits/index.ts';
import { bareNumber } from '../words/index.ts';
import { DestinationFields } from './DestinationFields.tsx';
import { createRuleTeller } from './describeRule.ts';
import './RuleFieldSet.css';
import { CallerFields, SourceFields } from './SourceFields.tsx';
import type { RuleForm } from './useRuleForm.ts';
import { useRuleNames } from './useRuleNames.ts';

/** Everything that a rule says, and the sentence that it makes. */
export function RuleFieldSet({ form }: { readonly form: RuleForm }) {
  const { t } = useTranslation();
  const isAllow = form.fields.action === 'allow';
  return (
    <>
      <Sentence form={form} />
      <OrderProblem form={form} />
      <ActionField form={form} />
      <TextField
        label={t('admin.rules.name')}
        hint={t('admin.rules.nameHint')}
        autoComplete="off"
        {...form.bind('name')}
      />
      <Switch label={t('admin.rules.isEnabled')} hint={t('admin.rules.isEnabledHint')} {...form.bind('isEnabled')} />
      {form.isNew && <PlaceField form={form} />}
      <CallerFields form={form} />
      <SourceFields form={form} />
      <DestinationFields form={form} />
      <HoursFields
        hasHours={form.bind('hasHours')}
        timeZone={form.bind('when.timeZone')}
        windows={form.bind('when.windows')}
        exceptDates={form.bind('when.exceptDates')}
      />
      {isAllow && (
        <>
          <FieldGroup title={t('admin.rules.limits')} hint={t('admin.rules.limitsHint')} isPaired>
            <LimitFieldSet group="limits" bind={form.bind} />
          </FieldGroup>
          <FieldGroup title={t('admin.rules.sharedLimits')} hint={t('admin.rules.sharedLimitsHint')} isPaired>
            <LimitFieldSet group="sharedLimits" bind={form.bind} />
          </FieldGroup>
        </>
      )}
      {isAllow && (
        <FieldGroup title={t('admin.rules.callerNumbersTitle')}>
          <TagField
            label={t('admin.rules.callerNumbers')}
            listLabel={t('admin.rules.callerNumbers')}
            addLabel={t('admin.form.add')}
            hint={t('admin.rules.callerNumbersHint')}
            placeholder={t('admin.rules.callerNumbersPlaceholder')}
            normalize={bareNumber}
            inputMode="tel"
            {...form.bind('callerNumbers')}
          />
        </FieldGroup>
      )}
    </>
  );
}

/** The rule as it stands, told as the list tells it. */
function Sentence({ form }: { readonly form: RuleForm }) {
  const { t, i18n } = useTranslation();
  const names = useRuleNames();
  const tell = useMemo(() => createRuleTeller({ names, t, locale: i18n.language }), [names, t, i18n.language]);
  return (
    <p className="rule-reading">
      <span className="rule-reading-name">{t('admin.rules.reads')}</span>
      {tell(form.input)}
    </p>
  );
}

/** The bridge keeps a brand manager's rules behind those of the operators; no field but the place is to blame. */
function OrderProblem({ form }: { readonly form: RuleForm }) {
  const { error } = form.bind('order');
  if (error === undefined) return null;
  return (
    <Notice tone="danger" isUrgent>
      {error}
    </Notice>
  );
}

function ActionField({ form }: { readonly form: RuleForm }) {
  const { t } = useTranslation();
  const { value, onChange, isReadOnly } = form.bind('action');
  if (isReadOnly) return null;
  return (
    <div className="rule-action">
      <Segmented
        label={t('admin.rules.action')}
        options={[
          { id: 'allow', name: t('admin.rules.allow') },
          { id: 'deny', name: t('admin.rules.deny') },
        ]}
        value={value}
        onChange={onChange}
      />
      <p className="field-hint">{t(value === 'allow' ? 'admin.rules.allowHint' : 'admin.rules.denyHint')}</p>
    </div>
  );
}

function PlaceField({ form }: { readonly form: RuleForm }) {
  const { t } = useTranslation();
  const { value, onChange } = form.bind('place');
  return (
    <div className="rule-action">
      <Segmented
        label={t('admin.rules.placing')}
        options={[
          { id: 'last', name: t('admin.rules.placeLast') },
          { id: 'first', name: t('admin.rules.placeFirst') },
        ]}
        value={value}
        onChange={onChange}
      />
      <p className="field-hint">{t('admin.rules.placeHint')}</p>
    </div>
  );
}

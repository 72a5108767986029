import { Plus, X } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { applyNumberRules, numberRuleSchema } from '../../../../shared/admin/index.ts';
import { useBrand } from '../../../branding/index.ts';
import { Button, IconButton, TextField } from '../../../ui/index.ts';
import { ChoiceField, FieldGroup, type FieldProps, NumberField } from '../../../ui/workbench/index.ts';
import { bareNumber, listCountries } from '../../words/index.ts';
import type { RuleRow } from './gatewayFields.ts';
import { ruleRowsOf } from './gatewayFieldsOf.ts';
import { presetOf, type RulePreset, rulesOfPreset } from './rulePresets.ts';

const presets = ['plus', 'digits', 'zeros', 'national', 'own'] as const;

export interface NumberRulesFieldProps extends FieldProps<readonly RuleRow[]> {
  /** Offers the usual ways in which E.164 numbers are written; false: rules alone. */
  readonly hasPresets?: boolean;
  readonly sample: string;
}

/** How numbers are written for somebody else, and what comes of one. */
export function NumberRulesField(props: NumberRulesFieldProps) {
  const { label, hint, value: rows, onChange, isReadOnly = false, hasPresets = true } = props;
  const { t, i18n } = useTranslation();
  const { defaultCountry } = useBrand();
  const rules = rows.map(({ match, strip, add }) => ({ match, strip: strip ?? 0, add }));
  const [country, setCountry] = useState(() => countryOf(rules, defaultCountry));
  // Rules of their own may happen to be a usual way.
  const [isOwn, setIsOwn] = useState(false);
  const countries = useMemo(() => listCountries(i18n.language), [i18n.language]);
  const preset = isOwn || !hasPresets ? 'own' : presetOf(rules, country);
  const choose = (next: RulePreset | null, inCountry = country) => {
    setIsOwn(next === 'own');
    if (next !== null && next !== 'own') onChange(ruleRowsOf(rulesOfPreset(next, inCountry)));
  };
  return (
    <FieldGroup title={label} {...(hint !== undefined && { hint })}>
      {hasPresets && (
        <ChoiceField<RulePreset>
          label={t('admin.gateways.preset')}
          options={presets.map((id) => ({ id, name: t(`admin.gateways.presets.${id}`) }))}
          value={preset}
          onChange={choose}
          isReadOnly={isReadOnly}
        />
      )}
      {preset === 'national' && (
        <ChoiceField
          label={t('admin.gateways.presetCountry')}
          options={countries}
          value={country}
          isReadOnly={isReadOnly}
          onChange={(id) => {
            if (id === null) return;
            setCountry(id);
            choose('national', id);
          }}
        />
      )}
      {preset === 'own' && <RuleRows {...props} />}
      <Preview sample={props.sample} rules={rules} />
    </FieldGroup>
  );
}

function RuleRows({ value: rows, onChange, onBlur, error, isReadOnly = false }: NumberRulesFieldProps) {
  const { t } = useTranslation();
  const change = (row: RuleRow, changed: Partial<RuleRow>) =>
    onChange(rows.map((one) => (one.key === row.key ? { ...row, ...changed } : one)));
  const problemAt = ({ match, strip, add }: RuleRow, key: string) =>
    numberRuleSchema.safeParse({ match, strip, add }).error?.issues.some(({ path }) => path[0] === key)
      ? error
      : undefined;
  const add = () => {
    const key = Math.max(-1, ...rows.map((row) => row.key)) + 1;
    onChange([...rows, { key, match: '', strip: 0, add: '' }]);
  };
  return (
    <>
      {rows.map((row, index) => (
        <fieldset key={row.key} className="gateway-rule">
          <legend className="hidden-text">{t('admin.gateways.rule', { place: index + 1 })}</legend>
          {(['match', 'strip', 'add'] as const).map((key) => {
            const bound = { error: problemAt(row, key), isReadOnly, onBlur: () => onBlur?.() };
            return key === 'strip' ? (
              <NumberField
                key={key}
                label={t('admin.gateways.strip')}
                unit={t('admin.gateways.characters')}
                value={row.strip}
                onChange={(strip) => change(row, { strip })}
                {...bound}
              />
            ) : (
              <TextField
                key={key}
                label={t(key === 'match' ? 'admin.gateways.match' : 'admin.gateways.addBefore')}
                type="tel"
                autoComplete="off"
                value={row[key]}
                onChange={(text) => change(row, { [key]: bareNumber(text) })}
                {...bound}
              />
            );
          })}
          {!isReadOnly && (
            <IconButton
              variant="danger"
              label={t('admin.gateways.removeRule', { place: index + 1 })}
              icon={<X aria-hidden />}
              onPress={() => onChange(rows.filter(({ key }) => key !== row.key))}
            />
          )}
        </fieldset>
      ))}
      <p className="field-hint">{t('admin.gateways.ruleHint')}</p>
      {!isReadOnly && (
        <div>
          <Button icon={<Plus aria-hidden />} onPress={add}>
            {t('admin.gateways.addRule')}
          </Button>
        </div>
      )}
    </>
  );
}

function Preview({
  sample,
  rules,
}: {
  readonly sample: string;
  readonly rules: Parameters<typeof applyNumberRules>[1];
}) {
  const { t } = useTranslation();
  const [number, setNumber] = useState(sample);
  return (
    <>
      <TextField label={t('admin.gateways.sample')} type="tel" autoComplete="off" value={number} onChange={setNumber} />
      <output className="number-preview numerals">
        {t('admin.gateways.preview', { from: number, to: applyNumberRules(bareNumber(number), rules) })}
      </output>
    </>
  );
}

/** The country whose national way these rules are; else the one that is likely. */
function countryOf(rules: Parameters<typeof presetOf>[0], likely: string): string {
  if (rules.length !== 2 || presetOf(rules, likely) === 'national') return likely;
  return listCountries('en').find(({ id }) => presetOf(rules, id) === 'national')?.id ?? likely;
}

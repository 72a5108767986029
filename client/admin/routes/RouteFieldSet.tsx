import { useTranslation } from 'react-i18next';
import { type RouteStrategy, routeStrategySchema } from '../../../shared/admin/index.ts';
import { type NumberType, numberTypeSchema } from '../../../shared/domain/index.ts';
import { TextField } from '../../ui/index.ts';
import {
  ChecksField,
  ChoiceField,
  FieldGroup,
  MultiChoiceField,
  NumberField,
  OrderedField,
  Switch,
} from '../../ui/workbench/index.ts';
import { useOptions } from '../api/index.ts';
import type { EntityForm } from '../form/index.ts';
import { PrefixesField } from '../gateways/index.ts';
import { HoursFields } from '../hours/index.ts';
import { useOrderWords } from '../words/index.ts';
import type { OwnPlace, RouteFields } from './routeFields.ts';

interface Props {
  readonly form: EntityForm<RouteFields>;
}

/** Everything that a route says. */
export function RouteFieldSet({ form }: Props) {
  const { t } = useTranslation();
  const strategy = form.bind('strategy');
  return (
    <>
      <TextField
        label={t('admin.routes.name')}
        hint={t('admin.routes.nameHint')}
        autoComplete="off"
        {...form.bind('name')}
      />
      <Switch label={t('admin.routes.isEnabled')} hint={t('admin.routes.isEnabledHint')} {...form.bind('isEnabled')} />
      <PrefixesField {...form.bind('prefixes')} />
      <ChoiceField<RouteStrategy>
        label={t('admin.routes.strategy')}
        options={routeStrategySchema.options.map((id) => ({ id, name: t(`admin.routes.strategies.${id}`) }))}
        hint={t(`admin.routes.strategyHints.${strategy.value}`)}
        {...strategy}
        onChange={(id) => id !== null && strategy.onChange(id)}
      />
      <GatewaysField form={form} />
      <ConditionFields form={form} />
      <HoursFields
        hasHours={form.bind('hasHours')}
        timeZone={form.bind('hours.timeZone')}
        windows={form.bind('hours.windows')}
        exceptDates={form.bind('hours.exceptDates')}
      />
      <NumberField label={t('admin.routes.order')} hint={t('admin.routes.orderHint')} {...form.bind('order')} />
    </>
  );
}

function GatewaysField({ form }: Props) {
  const { t } = useTranslation();
  const gateways = useOptions('gateways');
  const words = useOrderWords({ add: t('admin.gateways.gatewaysToPick'), choose: t('admin.gateways.chooseGateway') });
  const { places } = form.fields;
  const place = (id: string, key: keyof OwnPlace) => ({
    value: places[id]?.[key] ?? null,
    onChange: (value: number | null) => {
      const present = places[id] ?? { priority: null, weight: null };
      form.change({ places: { ...places, [id]: { ...present, [key]: value } } });
    },
    placeholder: t('admin.routes.itsOwn'),
    emptyText: t('admin.routes.itsOwn'),
    isReadOnly: form.isReadOnly,
  });
  return (
    <OrderedField
      label={t('admin.routes.gateways')}
      hint={t('admin.routes.gatewaysHint')}
      options={gateways.options}
      words={words}
      emptyText={t('admin.routes.allGateways')}
      detail={(id) => (
        <>
          <NumberField label={t('admin.routes.ownPriority')} {...place(id, 'priority')} />
          <NumberField label={t('admin.routes.ownWeight')} {...place(id, 'weight')} />
        </>
      )}
      {...form.bind('gateways')}
    />
  );
}

function ConditionFields({ form }: Props) {
  const { t } = useTranslation();
  const brands = useOptions('brands');
  const groups = useOptions('groups');
  return (
    <FieldGroup title={t('admin.routes.who')} hint={t('admin.routes.whoHint')}>
      <MultiChoiceField
        label={t('admin.routes.brands')}
        options={brands.options}
        placeholder={t('admin.routes.anyBrand')}
        searchLabel={t('admin.form.search')}
        {...form.bind('brands')}
      />
      <MultiChoiceField
        label={t('admin.routes.groups')}
        options={groups.options}
        placeholder={t('admin.routes.anyGroup')}
        searchLabel={t('admin.form.search')}
        {...form.bind('groups')}
      />
      <ChecksField<NumberType>
        label={t('admin.routes.types')}
        hint={t('admin.routes.anyType')}
        options={numberTypeSchema.options.map((id) => ({ id, name: t(`admin.rules.oneOfType.${id}`) }))}
        {...form.bind('types')}
      />
    </FieldGroup>
  );
}

import { useTranslation } from 'react-i18next';
import { Notice, Segmented } from '../../ui/index.ts';
import { FieldGroup, OrderedField, ReadOnlyField, TagField } from '../../ui/workbench/index.ts';
import { useAccess } from '../access.ts';
import { useOptions } from '../api/index.ts';
import type { EntityForm } from '../form/index.ts';
import { useOrderWords } from '../words/index.ts';
import type { BrandFields } from './brandFields.ts';

/** Host names, caller IDs and emergency calls: what costs money or concerns others, so that a brand manager only sees it. */
export function OperatorFields({ form }: { readonly form: EntityForm<BrandFields> }) {
  const { t } = useTranslation();
  const { role } = useAccess();
  const isForeign = role === 'brandManager';
  const mode = form.bind('emergency.mode');
  const isReadOnly = mode.isReadOnly || isForeign;
  const isRouted = mode.value === 'route';
  const gateways = useOptions('gateways');
  const words = useOrderWords({ add: t('admin.gateways.gatewaysToPick'), choose: t('admin.gateways.chooseGateway') });
  return (
    <>
      <FieldGroup title={t('admin.brands.telephony')}>
        {isForeign && <Notice tone="info">{t('admin.brands.operatorsOnly')}</Notice>}
        <TagField
          label={t('admin.brands.hostNames')}
          listLabel={t('admin.brands.hostNames')}
          addLabel={t('admin.form.add')}
          hint={t('admin.brands.hostNamesHint')}
          placeholder={t('admin.brands.hostNamesPlaceholder')}
          normalize={bareHostName}
          inputMode="url"
          {...form.bind('hostNames')}
          isReadOnly={isReadOnly}
        />
        <TagField
          label={t('admin.brands.callerNumbers')}
          listLabel={t('admin.brands.callerNumbers')}
          addLabel={t('admin.form.add')}
          hint={t('admin.brands.callerNumbersHint')}
          placeholder={t('admin.brands.callerNumbersPlaceholder')}
          normalize={(text) => text.replace(/[\s().\-/]/g, '')}
          inputMode="tel"
          {...form.bind('callerNumbers')}
          isReadOnly={isReadOnly}
        />
      </FieldGroup>
      <FieldGroup title={t('admin.brands.emergency')}>
        {isReadOnly ? (
          <ReadOnlyField label={t('admin.brands.emergencyMode')}>
            {t(isRouted ? 'admin.brands.route' : 'admin.brands.refuse')}
          </ReadOnlyField>
        ) : (
          <Segmented
            label={t('admin.brands.emergencyMode')}
            options={[
              { id: 'refuse', name: t('admin.brands.refuse') },
              { id: 'route', name: t('admin.brands.route') },
            ]}
            value={mode.value}
            onChange={mode.onChange}
          />
        )}
        <p className="field-hint">{t(isRouted ? 'admin.brands.routeHint' : 'admin.brands.refuseHint')}</p>
        {isRouted && (
          <OrderedField
            label={t('admin.brands.gatewayIds')}
            hint={t('admin.brands.gatewayIdsHint')}
            options={gateways.options}
            words={words}
            emptyText={t('admin.gateways.noGateways')}
            {...form.bind('emergency.gatewayIds')}
            isReadOnly={isReadOnly}
          />
        )}
      </FieldGroup>
    </>
  );
}

/** `https://Phone.Example.com/` is `phone.example.com`. */
function bareHostName(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/[/:].*$/, '');
}

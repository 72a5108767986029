import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ChoiceField, FieldGroup, MultiChoiceField, TagField } from '../../ui/workbench/index.ts';
import { useAccess } from '../access.ts';
import { useOptions } from '../api/index.ts';
import { useFoundUsers } from '../explain/index.ts';
import type { RuleForm } from './useRuleForm.ts';

/** Who calls. */
export function CallerFields({ form }: { readonly form: RuleForm }) {
  const { t } = useTranslation();
  const groups = useOptions('groups');
  const embedKeys = useOptions('embedKeys');
  const [searched, setSearched] = useState('');
  const found = useFoundUsers(searched);
  return (
    <FieldGroup title={t('admin.rules.who')} hint={t('admin.rules.whoHint')}>
      <TagField
        label={t('admin.rules.users')}
        listLabel={t('admin.rules.users')}
        addLabel={t('admin.form.add')}
        hint={t('admin.rules.usersHint')}
        placeholder={t('admin.rules.usersPlaceholder')}
        suggestions={found.map(({ userName }) => userName)}
        onSearch={setSearched}
        {...form.bind('from.users')}
      />
      <MultiChoiceField
        label={t('admin.rules.groups')}
        options={groups.options}
        placeholder={t('admin.rules.noneChosen')}
        searchLabel={t('admin.form.search')}
        {...form.bind('from.groups')}
      />
      <MultiChoiceField
        label={t('admin.rules.embedKeys')}
        hint={t('admin.rules.embedKeysHint')}
        options={embedKeys.options}
        placeholder={t('admin.rules.noneChosen')}
        searchLabel={t('admin.form.search')}
        {...form.bind('from.embedKeys')}
      />
      <ChoiceField
        label={t('admin.rules.anonymous')}
        noneName={t('admin.rules.anonymousAny')}
        options={[
          { id: 'visitors', name: t('admin.rules.anonymousVisitors') },
          { id: 'accounts', name: t('admin.rules.anonymousAccounts') },
        ]}
        {...form.bind('from.anonymous')}
      />
    </FieldGroup>
  );
}

/** From where: brand, network, page. */
export function SourceFields({ form }: { readonly form: RuleForm }) {
  const { t } = useTranslation();
  const { ownBrandId } = useAccess();
  const brands = useOptions('brands');
  const brandField = form.bind('from.brands');
  return (
    <FieldGroup title={t('admin.rules.fromWhere')} hint={t('admin.rules.fromWhereHint')}>
      <MultiChoiceField
        label={t('admin.rules.brands')}
        options={brands.options}
        placeholder={t('admin.rules.anyBrand')}
        searchLabel={t('admin.form.search')}
        {...brandField}
        // A brand manager's rules are for their brand alone.
        isReadOnly={brandField.isReadOnly || ownBrandId !== null}
      />
      <TagField
        label={t('admin.rules.addresses')}
        listLabel={t('admin.rules.addresses')}
        addLabel={t('admin.form.add')}
        hint={t('admin.rules.addressesHint')}
        placeholder={t('admin.rules.addressesPlaceholder')}
        {...form.bind('from.addresses')}
      />
      <TagField
        label={t('admin.rules.origins')}
        listLabel={t('admin.rules.origins')}
        addLabel={t('admin.form.add')}
        hint={t('admin.rules.originsHint')}
        placeholder={t('admin.rules.originsPlaceholder')}
        inputMode="url"
        {...form.bind('from.origins')}
      />
    </FieldGroup>
  );
}

import { useTranslation } from 'react-i18next';
import { TextField } from '../../ui/index.ts';
import { ChoiceField, MultiChoiceField, Switch, TagField } from '../../ui/workbench/index.ts';
import { useAccess } from '../access.ts';
import { useOptions } from '../api/index.ts';
import { BrandField, type EntityForm } from '../form/index.ts';
import type { UserFields } from './useUserForm.ts';

const roles = ['user', 'auditor', 'brandManager', 'operator'] as const;

/** What everybody has: a new user and one that is there. */
export function UserFieldSet({ form }: { form: EntityForm<UserFields> }) {
  const { t } = useTranslation();
  const { ownBrandId } = useAccess();
  const groups = useOptions('groups');
  // A brand manager can make nobody who may do more than they may.
  const offered = roles.filter((role) => ownBrandId === null || role !== 'operator');
  const role = form.fields.role;
  return (
    <>
      <TextField
        label={t('admin.users.displayName')}
        hint={t('admin.users.displayNameHint')}
        autoComplete="off"
        {...form.bind('displayName')}
      />
      <TextField
        label={t('admin.users.userName')}
        hint={t('admin.users.userNameHint')}
        autoComplete="off"
        autoCapitalize="none"
        {...form.bind('userName')}
      />
      <ChoiceField
        label={t('admin.users.role')}
        options={offered.map((id) => ({ id, name: t(`admin.roles.${id}`) }))}
        {...(role !== null && { hint: t(`admin.roleHints.${role}`) })}
        {...form.bind('role')}
      />
      <BrandField
        label={t('admin.users.brand')}
        hint={t('admin.users.brandHint')}
        noneName={t('admin.users.anyBrand')}
        {...form.bind('brandId')}
      />
      <MultiChoiceField
        label={t('admin.users.groups')}
        options={groups.options}
        placeholder={t('admin.users.noGroups')}
        searchLabel={t('admin.form.search')}
        {...form.bind('groups')}
      />
      <TagField
        label={t('admin.users.callerNumbers')}
        listLabel={t('admin.users.callerNumbers')}
        addLabel={t('admin.form.add')}
        hint={t('admin.users.callerNumbersHint')}
        placeholder={t('admin.users.callerNumbersPlaceholder')}
        normalize={bareNumber}
        inputMode="tel"
        {...form.bind('callerNumbers')}
      />
      <Switch label={t('admin.users.isEnabled')} hint={t('admin.users.isEnabledHint')} {...form.bind('isEnabled')} />
    </>
  );
}

/** As people write numbers, without what is only for the eye. */
function bareNumber(text: string): string {
  return text.replace(/[\s().\-/]/g, '');
}

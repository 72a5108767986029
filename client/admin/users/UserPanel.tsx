import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { UserView } from '../../../shared/admin/index.ts';
import { Segmented, useNotices } from '../../ui/index.ts';
import { FieldGroup } from '../../ui/workbench/index.ts';
import { EntityLoader, EntityPanel, KeptEntityPanel } from '../form/index.ts';
import type { PanelProps } from '../frame/index.ts';
import { PasswordField } from './PasswordField.tsx';
import { UserAccess } from './UserAccess.tsx';
import { UserFieldSet } from './UserFieldSet.tsx';
import { useUserForm } from './useUserForm.ts';

export function NewUser({ panel, onChanged }: PanelProps) {
  const { t } = useTranslation();
  const notices = useNotices();
  const [created, setCreated] = useState<UserView | null>(null);
  const form = useUserForm(null, (user, { signIn }) => {
    onChanged();
    notices.post({ tone: 'plain', text: t('admin.form.created', { name: user.displayName }) });
    if (signIn === 'link') setCreated(user);
    else panel.close();
  });
  if (created !== null) return <UserForm user={created} panel={panel} onChanged={onChanged} isLinkWanted />;
  const isByLink = form.fields.signIn === 'link';
  return (
    <EntityPanel
      title={t('admin.users.newTitle')}
      form={form}
      onClose={panel.close}
      {...(isByLink && { saveLabel: t('admin.users.saveAndLink') })}
    >
      <UserFieldSet form={form} />
      <FieldGroup title={t('admin.users.signIn')}>
        <Segmented
          label={t('admin.users.signIn')}
          options={[
            { id: 'password', name: t('admin.users.byPassword') },
            { id: 'link', name: t('admin.users.byLink') },
          ]}
          value={form.fields.signIn}
          onChange={(signIn) => form.change({ signIn })}
        />
        {isByLink ? (
          <p className="user-note">{t('admin.users.byLinkHint')}</p>
        ) : (
          <PasswordField label={t('admin.users.password')} {...form.bind('password')} />
        )}
      </FieldGroup>
    </EntityPanel>
  );
}

export function EditUser({ id, panel, onChanged }: PanelProps & { id: string }) {
  const { t } = useTranslation();
  return (
    <EntityLoader kind="users" id={id} title={t('admin.users.openTitle')} onClose={panel.close}>
      {(user) => <UserForm user={user} panel={panel} onChanged={onChanged} />}
    </EntityLoader>
  );
}

function UserForm({
  user,
  panel,
  onChanged,
  isLinkWanted = false,
}: PanelProps & { user: UserView; isLinkWanted?: boolean }) {
  const { t } = useTranslation();
  const notices = useNotices();
  const form = useUserForm(user, (saved) => {
    onChanged();
    notices.post({ tone: 'plain', text: t('admin.form.saved', { name: saved.displayName }) });
    panel.close();
  });
  return (
    <KeptEntityPanel
      kind="users"
      entity={user}
      name={user.displayName}
      consequence={t('admin.users.deleteText')}
      form={form}
      panel={panel}
      onChanged={onChanged}
      aside={!form.isReadOnly && <UserAccess user={user} isLinkWanted={isLinkWanted} />}
    >
      <UserFieldSet form={form} />
      {!form.isReadOnly && (
        <FieldGroup title={t('admin.users.signIn')} {...(!user.hasPassword && { hint: t('admin.users.noPassword') })}>
          <PasswordField
            label={t('admin.users.newPassword')}
            {...(user.hasPassword && { hint: t('admin.users.newPasswordHint') })}
            {...form.bind('password')}
          />
        </FieldGroup>
      )}
    </KeptEntityPanel>
  );
}

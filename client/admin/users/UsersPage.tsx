import { Users } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { UserView } from '../../../shared/admin/index.ts';
import type { DataColumn } from '../../ui/workbench/index.ts';
import { useOptions } from '../api/index.ts';
import { EntityListPage, useSharedColumns } from '../frame/index.ts';
import { EditUser, NewUser } from './UserPanel.tsx';

export function UsersPage() {
  const { t } = useTranslation();
  return (
    <EntityListPage
      kind="users"
      section="users"
      icon={<Users />}
      words={t('admin.users', { returnObjects: true })}
      columns={useColumns()}
      nameOf={({ displayName }) => displayName}
      NewPanel={NewUser}
      OpenPanel={EditUser}
    />
  );
}

function useColumns(): readonly DataColumn<UserView>[] {
  const { t } = useTranslation();
  const groups = useOptions('groups');
  const { brand, status } = useSharedColumns();
  return [
    {
      id: 'name',
      name: t('admin.users.displayName'),
      cell: ({ displayName }) => displayName,
      sortKey: ({ displayName }) => displayName,
    },
    {
      id: 'userName',
      name: t('admin.users.userName'),
      cell: ({ userName }) => userName,
      sortKey: ({ userName }) => userName,
    },
    {
      id: 'role',
      name: t('admin.users.role'),
      cell: ({ role }) => t(`admin.roles.${role}`),
      sortKey: ({ role }) => t(`admin.roles.${role}`),
    },
    brand,
    {
      id: 'groups',
      name: t('admin.users.groups'),
      cell: (user) => user.groups.map(groups.nameOf).join(', ') || '–',
      isMinor: true,
    },
    status,
  ];
}

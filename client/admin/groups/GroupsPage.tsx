import { UsersRound } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Group } from '../../../shared/admin/index.ts';
import type { DataColumn } from '../../ui/workbench/index.ts';
import { EntityListPage, useSharedColumns, useWhen } from '../frame/index.ts';
import { EditGroup, NewGroup } from './GroupPanel.tsx';

export function GroupsPage() {
  const { t } = useTranslation();
  const { brand } = useSharedColumns();
  const when = useWhen();
  const columns: readonly DataColumn<Group>[] = [
    { id: 'name', name: t('admin.group.name'), cell: ({ name }) => name, sortKey: ({ name }) => name },
    { id: 'id', name: t('admin.group.id'), cell: ({ id }) => id, sortKey: ({ id }) => id },
    brand,
    {
      id: 'changed',
      name: t('admin.list.changed'),
      cell: ({ updatedAtMs }) => (updatedAtMs === 0 ? '–' : when(updatedAtMs)),
      sortKey: ({ updatedAtMs }) => updatedAtMs,
      isMinor: true,
    },
  ];
  return (
    <EntityListPage
      kind="groups"
      section="groups"
      icon={<UsersRound />}
      words={t('admin.group', { returnObjects: true })}
      columns={columns}
      nameOf={({ name }) => name}
      NewPanel={NewGroup}
      OpenPanel={EditGroup}
    />
  );
}

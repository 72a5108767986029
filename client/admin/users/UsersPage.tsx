import { UserPlus, Users } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { UserView } from '../../../shared/admin/index.ts';
import { Button, EmptyState, SearchField } from '../../ui/index.ts';
import { Badge, type DataColumn, DataTable } from '../../ui/workbench/index.ts';
import { useAccess } from '../access.ts';
import { useEntities, useOptions } from '../api/index.ts';
import { AdminPage, BrandFilter, EntityListBody, useBrandFilter, usePanel, useSearch } from '../frame/index.ts';
import { EditUser, NewUser } from './UserPanel.tsx';

export function UsersPage() {
  const { t } = useTranslation();
  const { canEdit } = useAccess();
  const search = useSearch();
  const brand = useBrandFilter();
  const list = useEntities('users', { q: search.asked, brandId: brand.chosen ?? '' });
  const panel = usePanel('users');
  const columns = useColumns();
  const add = canEdit('users') && (
    <Button variant="primary" icon={<UserPlus aria-hidden />} onPress={() => panel.open('new')}>
      {t('admin.users.add')}
    </Button>
  );
  return (
    <AdminPage
      title={t('admin.users.title')}
      subtitle={t('admin.users.subtitle')}
      actions={add}
      tools={
        <>
          <SearchField
            label={t('admin.users.search')}
            clearLabel={t('admin.list.clearSearch')}
            value={search.text}
            onChange={search.setText}
          />
          <BrandFilter filter={brand} />
        </>
      }
    >
      <EntityListBody
        list={list}
        searched={search.asked}
        empty={
          <EmptyState icon={<Users />} title={t('admin.users.emptyTitle')}>
            {t('admin.users.emptyText')}
          </EmptyState>
        }
      >
        <DataTable
          label={t('admin.users.list')}
          columns={columns}
          rows={list.items}
          idOf={({ id }) => id}
          nameOf={({ displayName }) => displayName}
          onOpen={({ id }) => panel.open(id)}
          isComplete={!list.hasMore}
        />
      </EntityListBody>
      {panel.opened === 'new' && canEdit('users') && <NewUser panel={panel} onChanged={list.reload} />}
      {panel.opened !== null && panel.opened !== 'new' && (
        <EditUser key={panel.opened} id={panel.opened} panel={panel} onChanged={list.reload} />
      )}
    </AdminPage>
  );
}

function useColumns(): readonly DataColumn<UserView>[] {
  const { t } = useTranslation();
  const groups = useOptions('groups');
  const brands = useOptions('brands');
  const brandName = (id: string | null) => (id === null ? t('admin.users.anyBrand') : brands.nameOf(id));
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
    {
      id: 'brand',
      name: t('admin.users.brand'),
      cell: ({ brandId }) => brandName(brandId),
      sortKey: ({ brandId }) => brandName(brandId),
    },
    {
      id: 'groups',
      name: t('admin.users.groups'),
      cell: (user) => user.groups.map(groups.nameOf).join(', ') || '–',
      isMinor: true,
    },
    {
      id: 'status',
      name: t('admin.users.status'),
      cell: ({ isEnabled }) =>
        isEnabled ? (
          <Badge tone="good">{t('admin.users.enabled')}</Badge>
        ) : (
          <Badge tone="danger">{t('admin.users.disabled')}</Badge>
        ),
      sortKey: ({ isEnabled }) => (isEnabled ? 0 : 1),
    },
  ];
}

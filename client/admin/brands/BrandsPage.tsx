import { Palette, Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { BrandSettings } from '../../../shared/admin/index.ts';
import { Button, EmptyState, SearchField } from '../../ui/index.ts';
import { type DataColumn, DataTable } from '../../ui/workbench/index.ts';
import { useAccess } from '../access.ts';
import { useEntities } from '../api/index.ts';
import { AdminPage, EntityListBody, usePanel, useSearch } from '../frame/index.ts';
import { EditBrand, NewBrand } from './BrandPanel.tsx';
import './BrandsPage.css';

export function BrandsPage() {
  const { t } = useTranslation();
  const { role } = useAccess();
  const search = useSearch();
  const list = useEntities('brands', { q: search.asked });
  const panel = usePanel('brands');
  const columns = useColumns();
  // A brand manager has one, and makes no other.
  const canAdd = role === 'operator';
  return (
    <AdminPage
      title={t('admin.brands.title')}
      subtitle={t('admin.brands.subtitle')}
      {...(canAdd && {
        actions: (
          <Button variant="primary" icon={<Plus aria-hidden />} onPress={() => panel.open('new')}>
            {t('admin.brands.add')}
          </Button>
        ),
      })}
      {...(role !== 'brandManager' && {
        tools: (
          <SearchField
            label={t('admin.brands.search')}
            clearLabel={t('admin.list.clearSearch')}
            value={search.text}
            onChange={search.setText}
          />
        ),
      })}
    >
      <EntityListBody
        list={list}
        searched={search.asked}
        empty={
          <EmptyState icon={<Palette />} title={t('admin.brands.emptyTitle')}>
            {t('admin.brands.emptyText')}
          </EmptyState>
        }
      >
        <DataTable
          label={t('admin.brands.list')}
          columns={columns}
          rows={list.items}
          idOf={({ id }) => id}
          nameOf={({ name }) => name}
          onOpen={({ id }) => panel.open(id)}
          isComplete={!list.hasMore}
        />
      </EntityListBody>
      {panel.opened === 'new' && canAdd && <NewBrand panel={panel} onChanged={list.reload} />}
      {panel.opened !== null && panel.opened !== 'new' && (
        <EditBrand key={panel.opened} id={panel.opened} panel={panel} onChanged={list.reload} />
      )}
    </AdminPage>
  );
}

function useColumns(): readonly DataColumn<BrandSettings>[] {
  const { t } = useTranslation();
  return [
    { id: 'name', name: t('admin.brands.name'), cell: ({ name }) => name, sortKey: ({ name }) => name },
    { id: 'id', name: t('admin.brands.id'), cell: ({ id }) => id, sortKey: ({ id }) => id, isMinor: true },
    { id: 'colours', name: t('admin.brands.colours'), cell: ({ palette }) => <Swatches palette={palette} /> },
    {
      id: 'hostNames',
      name: t('admin.brands.hostNamesColumn'),
      cell: ({ hostNames }) => (hostNames.length > 0 ? hostNames.join(', ') : '–'),
    },
    { id: 'language', name: t('admin.brands.languageColumn'), cell: ({ language }) => language, isMinor: true },
  ];
}

function Swatches({ palette }: Pick<BrandSettings, 'palette'>) {
  const { t } = useTranslation();
  if (palette === null) return t('admin.brands.usualColours');
  const { accent, accentText, stage } = palette.light;
  return (
    <span className="brand-swatches">
      {[accent, accentText, stage].map((colour) => (
        <span key={colour} className="brand-swatch" style={{ background: colour }} />
      ))}
      <span className="numerals">{accent}</span>
    </span>
  );
}

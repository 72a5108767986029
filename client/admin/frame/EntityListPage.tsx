import { Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, EmptyState, SearchField } from '../../ui/index.ts';
import { type DataColumn, DataTable } from '../../ui/workbench/index.ts';
import { useAccess } from '../access.ts';
import { type EntityKind, type EntityOf, useEntities } from '../api/index.ts';
import { AdminPage } from './AdminPage.tsx';
import { BrandFilter, useBrandFilter } from './BrandFilter.tsx';
import { EntityListBody } from './EntityListBody.tsx';
import { type Panel, usePanel } from './usePanel.ts';
import { useSearch } from './useSearch.ts';

/** What is shown beside the list gets. */
export interface PanelProps {
  readonly panel: Panel;
  /** Something was saved or deleted: reads the list anew. */
  readonly onChanged: () => void;
}

export interface EntityListPageProps<Kind extends EntityKind> {
  readonly kind: Kind;
  /** Its place below `/admin/`. */
  readonly section: string;
  readonly icon: ReactNode;
  readonly words: Readonly<
    Record<'title' | 'subtitle' | 'add' | 'search' | 'list' | 'emptyTitle' | 'emptyText', string>
  >;
  readonly columns: readonly DataColumn<EntityOf<Kind>>[];
  readonly nameOf: (entity: EntityOf<Kind>) => string;
  readonly NewPanel: (props: PanelProps) => ReactNode;
  readonly OpenPanel: (props: PanelProps & { id: string }) => ReactNode;
}

/** The usual page: a list with search, one entity beside it, a way to make a new one. */
export function EntityListPage<Kind extends EntityKind>(props: EntityListPageProps<Kind>) {
  const { kind, section, icon, words, columns, nameOf, NewPanel, OpenPanel } = props;
  const { t } = useTranslation();
  const { canEdit } = useAccess();
  const search = useSearch();
  const brand = useBrandFilter();
  const list = useEntities(kind, { q: search.asked, brandId: brand.chosen ?? '' });
  const panel = usePanel(section);
  const canAdd = canEdit(kind);
  const { opened } = panel;
  return (
    <AdminPage
      title={words.title}
      subtitle={words.subtitle}
      {...(canAdd && {
        actions: (
          <Button variant="primary" icon={<Plus aria-hidden />} onPress={() => panel.open('new')}>
            {words.add}
          </Button>
        ),
      })}
      tools={
        <>
          <SearchField
            label={words.search}
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
        isFiltered={brand.chosen !== null}
        empty={
          <EmptyState icon={icon} title={words.emptyTitle}>
            {words.emptyText}
          </EmptyState>
        }
      >
        <DataTable
          label={words.list}
          columns={columns}
          rows={list.items}
          idOf={({ id }) => id}
          nameOf={nameOf}
          onOpen={({ id }) => panel.open(id)}
          isComplete={!list.hasMore}
        />
      </EntityListBody>
      {opened === 'new' && canAdd && <NewPanel panel={panel} onChanged={list.reload} />}
      {opened !== null && opened !== 'new' && (
        <OpenPanel key={opened} id={opened} panel={panel} onChanged={list.reload} />
      )}
    </AdminPage>
  );
}

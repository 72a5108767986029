import { Plus } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, EmptyState, SearchField } from '../../ui/index.ts';
import { type DataColumn, DataTable } from '../../ui/workbench/index.ts';
import { useAccess } from '../access.ts';
import { type EntityKind, type EntityOf, type PagedList, useEntities } from '../api/index.ts';
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
  /** Beside the search; gets what reads the list anew. */
  readonly tools?: (reload: () => void) => ReactNode;
  /** Above the list. */
  readonly notice?: ReactNode;
  /** Which of the list are shown; absent: all. */
  readonly keep?: ((entity: EntityOf<Kind>) => boolean) | null;
  /** Order where the bridge's own (by id) tells nothing; for lists that are read to their end. */
  readonly compare?: (a: EntityOf<Kind>, b: EntityOf<Kind>) => number;
  /** Entities have no brand to choose by. */
  readonly isOfNoBrand?: boolean;
}

/** The usual page: a list with search, one entity beside it, a way to make a new one. */
export function EntityListPage<Kind extends EntityKind>(props: EntityListPageProps<Kind>) {
  const { kind, section, icon, words, columns, nameOf, NewPanel, OpenPanel, tools, notice } = props;
  const { keep = null, compare, isOfNoBrand = false } = props;
  const { t } = useTranslation();
  const { canEdit } = useAccess();
  const search = useSearch();
  const brand = useBrandFilter();
  const list = useEntities(kind, { q: search.asked, brandId: brand.chosen ?? '' });
  const panel = usePanel(section);
  const canAdd = canEdit(kind);
  const { opened } = panel;
  // What is chosen or ordered here may stand on any page of the list.
  useWholeList(list, keep !== null || compare !== undefined);
  const kept = keep === null ? list.items : list.items.filter(keep);
  const rows = compare === undefined ? kept : [...kept].sort(compare);
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
          {!isOfNoBrand && <BrandFilter filter={brand} />}
          {tools?.(list.reload)}
        </>
      }
    >
      {notice}
      <EntityListBody
        list={{ ...list, items: rows }}
        searched={search.asked}
        isFiltered={brand.chosen !== null || keep !== null}
        empty={
          <EmptyState icon={icon} title={words.emptyTitle}>
            {words.emptyText}
          </EmptyState>
        }
      >
        <DataTable
          label={words.list}
          columns={columns}
          rows={rows}
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

/** Reads a list to its end, one page after the other. */
function useWholeList(list: Pick<PagedList<unknown>, 'hasMore' | 'isBusy' | 'kind' | 'loadMore'>, isWanted: boolean) {
  const { hasMore, isBusy, kind, loadMore } = list;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `loadMore` is another at each turn, and says the same.
  useEffect(() => {
    if (isWanted && hasMore && !isBusy && kind === 'ready') loadMore();
  }, [isWanted, hasMore, isBusy, kind]);
}

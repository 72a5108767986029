import { PhoneCall } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { z } from 'zod';
import { type CallRecordView, callRecordViewSchema } from '../../../../shared/admin/index.ts';
import { Button, EmptyState, Notice } from '../../../ui/index.ts';
import { DataTable } from '../../../ui/workbench/index.ts';
import { type PagedList, queryOf, useAdminApi, usePages } from '../../api/index.ts';
import { AdminPage, EntityListBody, useWhen } from '../../frame/index.ts';
import { useCallWords } from '../words/useCallWords.ts';
import { CallFilters } from './CallFilters.tsx';
import { ExportButtons } from './ExportButtons.tsx';
import { useCallColumns } from './useCallColumns.tsx';
import { useCallFilter } from './useCallFilter.ts';

const pageSchema = z.object({
  items: z.array(callRecordViewSchema),
  nextCursor: z.string().nullable(),
  searchedToMs: z.number().nullable(),
});

/** The calls of everybody, by what they are looked for by. */
export function CallList() {
  const { t } = useTranslation();
  const api = useAdminApi();
  const navigate = useNavigate();
  const { search } = useLocation();
  const view = useCallFilter();
  const words = useCallWords();
  const columns = useCallColumns();
  const [searchedToMs, setSearchedToMs] = useState<number | null>(null);
  const list = usePages(JSON.stringify(view.query), async (page) => {
    const found = await api.ask({ method: 'GET', path: `/calls${queryOf({ ...view.query, ...page })}` }, pageSchema);
    setSearchedToMs(found.searchedToMs);
    return found;
  });
  const isCutShort = list.kind === 'ready' && list.hasMore && searchedToMs !== null;
  return (
    <AdminPage
      title={t('admin.calls.title')}
      subtitle={t('admin.calls.subtitle')}
      tools={
        <>
          <CallFilters view={view} />
          <ExportButtons query={view.query} />
        </>
      }
    >
      {!(isCutShort && list.items.length === 0) && (
        <EntityListBody
          list={isCutShort ? { ...list, hasMore: false } : list}
          searched=""
          isFiltered={view.isFiltered}
          empty={
            <EmptyState icon={<PhoneCall />} title={t('admin.calls.emptyTitle')}>
              {t('admin.calls.emptyText')}
            </EmptyState>
          }
        >
          <DataTable
            label={t('admin.calls.list')}
            columns={columns}
            rows={list.items}
            idOf={({ callId }) => callId}
            nameOf={(call: CallRecordView) => `${words.caller(call)}, ${words.called(call)}`}
            onOpen={({ callId }) =>
              // The way back leads to the same search.
              void navigate(`/admin/calls/${encodeURIComponent(callId)}`, { state: { search } })
            }
            isComplete={false}
          />
        </EntityListBody>
      )}
      {isCutShort && <SearchOn list={list} searchedToMs={searchedToMs} />}
    </AdminPage>
  );
}

/** A search through very many calls goes on when somebody wants it to. */
function SearchOn({ list, searchedToMs }: { readonly list: PagedList<CallRecordView>; readonly searchedToMs: number }) {
  const { t } = useTranslation();
  const when = useWhen();
  return (
    <Notice
      tone="info"
      action={
        <Button onPress={list.loadMore} isPending={list.isBusy}>
          {t('admin.calls.searchOn')}
        </Button>
      }
    >
      {t('admin.calls.searchedTo', { when: when(searchedToMs) })}
    </Notice>
  );
}

import { SearchX } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { describeFailure } from '../../session/index.ts';
import { Button, EmptyState, Notice, Spinner } from '../../ui/index.ts';
import type { PagedList } from '../api/index.ts';

export interface EntityListBodyProps<Item> {
  readonly list: PagedList<Item>;
  /** What was searched for; empty: nothing. */
  readonly searched: string;
  /** Something else than the search leaves entries out. */
  readonly isFiltered?: boolean;
  /** Where there is nothing at all. */
  readonly empty: ReactNode;
  /** The rows. */
  readonly children: ReactNode;
}

/** A list with its states: loading, failed, empty, nothing found, more to show. */
export function EntityListBody<Item>({
  list,
  searched,
  isFiltered = false,
  empty,
  children,
}: EntityListBodyProps<Item>) {
  const { t } = useTranslation();
  const isEmpty = list.kind === 'ready' && list.items.length === 0;
  return (
    <>
      {list.kind === 'loading' && list.items.length === 0 && <Spinner label={t('common.loading')} />}
      {list.kind === 'failed' && (
        <Notice tone="danger" isUrgent action={<Button onPress={list.reload}>{t('common.retry')}</Button>}>
          {describeFailure(list.error, t)}
        </Notice>
      )}
      {isEmpty && searched === '' && !isFiltered && empty}
      {isEmpty && (searched !== '' || isFiltered) && (
        <EmptyState icon={<SearchX />} title={t('admin.list.noMatchTitle')}>
          {searched === '' ? t('admin.list.noFilterMatchText') : t('admin.list.noMatchText', { text: searched })}
        </EmptyState>
      )}
      {list.items.length > 0 && children}
      {list.hasMore && (
        <div className="admin-more">
          <Button onPress={list.loadMore} isPending={list.isBusy}>
            {t('admin.list.more')}
          </Button>
        </div>
      )}
    </>
  );
}

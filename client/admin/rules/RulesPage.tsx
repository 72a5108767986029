import { ListOrdered, Plus, SearchX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { describeFailure } from '../../session/index.ts';
import { Button, EmptyState, LiveRegion, Notice, SearchField, Spinner } from '../../ui/index.ts';
import { useAccess } from '../access.ts';
import { AdminPage, usePanel } from '../frame/index.ts';
import { RuleGrid } from './RuleGrid.tsx';
import { EditRule, NewRule } from './RulePanel.tsx';
import { type RulesView, useRulesPage } from './useRulesPage.ts';

export function RulesPage() {
  const { t } = useTranslation();
  const { canEdit } = useAccess();
  const view = useRulesPage();
  const panel = usePanel('rules');
  const { list } = view;
  const bounds = { first: list.rules[0]?.order ?? 0, last: list.rules.at(-1)?.order ?? 0 };
  return (
    <AdminPage
      title={t('admin.rules.title')}
      subtitle={t('admin.rules.subtitle')}
      {...(canEdit('rules') && {
        actions: (
          <Button variant="primary" icon={<Plus aria-hidden />} onPress={() => panel.open('new')}>
            {t('admin.rules.add')}
          </Button>
        ),
      })}
      tools={
        list.rules.length > 0 && (
          <SearchField
            label={t('admin.rules.search')}
            clearLabel={t('admin.list.clearSearch')}
            value={view.search.text}
            onChange={view.search.setText}
          />
        )
      }
    >
      <ListState view={view} />
      {view.shown.length > 0 && <RuleGrid view={view} onOpen={panel.open} />}
      <LiveRegion label={t('admin.rules.announcer')} text={view.announcement} />
      {panel.opened === 'new' && canEdit('rules') && <NewRule panel={panel} bounds={bounds} onChanged={list.reload} />}
      {panel.opened !== null && panel.opened !== 'new' && (
        <EditRule key={panel.opened} id={panel.opened} panel={panel} bounds={bounds} onChanged={list.reload} />
      )}
    </AdminPage>
  );
}

/** Loading, failed, empty, nothing found; and how many there are. */
function ListState({ view: { list, search, shown } }: { readonly view: RulesView }) {
  const { t } = useTranslation();
  const total = list.rules.length;
  if (list.kind === 'loading') return <Spinner label={t('common.loading')} />;
  return (
    <>
      {list.kind === 'failed' && (
        <Notice tone="danger" isUrgent action={<Button onPress={list.reload}>{t('common.retry')}</Button>}>
          {describeFailure(list.error, t)}
        </Notice>
      )}
      {list.kind === 'ready' && total === 0 && (
        <EmptyState icon={<ListOrdered />} title={t('admin.rules.emptyTitle')}>
          {t('admin.rules.emptyText')}
        </EmptyState>
      )}
      {total > 0 && shown.length === 0 && (
        <EmptyState icon={<SearchX />} title={t('admin.rules.noMatchTitle')}>
          {t('admin.rules.noMatchText', { text: search.asked })}
        </EmptyState>
      )}
      {shown.length > 0 && (
        <p className="rule-count">
          {list.loadedCount !== null
            ? t('admin.rules.loadingMore', { count: list.loadedCount })
            : shown.length === total
              ? t('admin.rules.count', { count: total })
              : t('admin.rules.found', { count: shown.length, total })}
        </p>
      )}
    </>
  );
}

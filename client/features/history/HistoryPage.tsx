import { History } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HistoryEntry } from '../../../shared/protocol/index.ts';
import { CallRecordRow, useCallHistory, useCallHistoryState } from '../../records/index.ts';
import { describeFailure } from '../../session/index.ts';
import { Button, EmptyState, List, Notice, PageHeader, Spinner, useNotices } from '../../ui/index.ts';
import { daysAgo, groupByDay } from './groupByDay.ts';
import { HistoryDetails } from './HistoryDetails.tsx';
import './HistoryPage.css';

export function HistoryPage() {
  const { t, i18n } = useTranslation();
  const history = useCallHistory();
  const state = useCallHistoryState();
  const notices = useNotices();
  const [opened, setOpened] = useState<HistoryEntry | null>(null);
  const [isLoading, setIsLoading] = useState(false);
  const list = state.kind === 'ready' ? state.value : null;

  const loadMore = async () => {
    setIsLoading(true);
    try {
      await history.loadMore();
    } catch (error) {
      notices.post({ tone: 'danger', text: describeFailure(error, t) });
    } finally {
      setIsLoading(false);
    }
  };
  const dayName = (dayMs: number) => {
    const ago = daysAgo(dayMs, Date.now());
    if (ago === 0) return t('history.today');
    if (ago === 1) return t('history.yesterday');
    return new Date(dayMs).toLocaleDateString(i18n.language, { weekday: 'long', day: 'numeric', month: 'long' });
  };

  return (
    <div className="page">
      <PageHeader title={t('history.title')} />
      {state.kind === 'loading' && <Spinner label={t('common.loading')} />}
      {state.kind === 'failed' && (
        <Notice tone="danger" action={<Button onPress={() => void history.load()}>{t('common.retry')}</Button>}>
          {describeFailure(state.error, t)}
        </Notice>
      )}
      {list?.entries.length === 0 && (
        <EmptyState icon={<History />} title={t('history.emptyTitle')}>
          {t('history.emptyText')}
        </EmptyState>
      )}
      {groupByDay(list?.entries ?? []).map(({ dayMs, entries }) => (
        <section key={dayMs} className="history-day">
          <h2 className="history-day-title">{dayName(dayMs)}</h2>
          <List label={dayName(dayMs)}>
            {entries.map((entry) => (
              <CallRecordRow key={entry.callId} entry={entry} onOpen={() => setOpened(entry)} />
            ))}
          </List>
        </section>
      ))}
      {list !== null && list.nextCursor !== null && (
        <div className="history-more">
          <Button onPress={() => void loadMore()} isPending={isLoading}>
            {t('history.more')}
          </Button>
        </div>
      )}
      {opened !== null && <HistoryDetails entry={opened} onClose={() => setOpened(null)} />}
    </div>
  );
}

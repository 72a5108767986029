import { useTranslation } from 'react-i18next';
import { describeFailure } from '../../session/index.ts';
import { Notice, Spinner } from '../../ui/index.ts';
import { AdminPage } from '../frame/index.ts';
import { LiveCallList } from './calls/LiveCallList.tsx';
import { LiveFigures } from './figures/LiveFigures.tsx';
import './LivePage.css';
import { useLiveCalls } from './useLiveCalls.ts';
import { useLiveFigures } from './useLiveFigures.ts';

/** What goes on now: figures, the last hour, and every call that is up. */
export function LivePage() {
  const { t } = useTranslation();
  const calls = useLiveCalls();
  const figures = useLiveFigures();
  const error = calls.error ?? figures.error;
  return (
    <AdminPage title={t('admin.live.title')} subtitle={t('admin.live.subtitle')}>
      <div className="live-page">
        {error !== null && (
          <Notice tone="warning">{t('admin.live.failed', { reason: describeFailure(error, t) })}</Notice>
        )}
        {figures.value === null && calls.known === null && error === null && <Spinner label={t('common.loading')} />}
        {figures.value !== null && <LiveFigures figures={figures.value} />}
        {calls.known !== null && <LiveCallList known={calls.known} onHungUp={calls.refresh} />}
      </div>
    </AdminPage>
  );
}

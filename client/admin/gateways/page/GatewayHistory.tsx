import { useTranslation } from 'react-i18next';
import type { GatewayStatusView } from '../../../../shared/admin/index.ts';
import { Card } from '../../../ui/index.ts';
import { Fold, TimeChart } from '../../../ui/workbench/index.ts';
import { useFigures } from '../../words/index.ts';

type History = GatewayStatusView['history'];
type ChartName = 'tried' | 'answerRate' | 'postDialDelayMs' | 'mos';

/** How the last day went: small charts, and the same figures as a table. */
export function GatewayHistory({ history }: { readonly history: History }) {
  const { t, i18n } = useTranslation();
  const { count, rate, delay, score } = useFigures();
  const time = new Intl.DateTimeFormat(i18n.language, { hour: '2-digit', minute: '2-digit' });
  const formats: Readonly<Record<ChartName, (value: number) => string>> = {
    tried: count,
    answerRate: rate,
    postDialDelayMs: delay,
    mos: score,
  };
  const chart = (name: ChartName, bounds: { readonly floor?: number; readonly ceiling?: number } = {}) => {
    const title = t(`admin.gatewayStatus.charts.${name}`);
    const known = history.flatMap((step) => step[name] ?? []);
    const format = formats[name];
    const summary = t('admin.gatewayStatus.chartSummary', {
      title,
      least: known.length === 0 ? '–' : format(Math.min(...known)),
      most: known.length === 0 ? '–' : format(Math.max(...known)),
      last: format(known.at(-1) ?? 0),
    });
    return (
      <TimeChart
        title={title}
        kind={name === 'tried' ? 'bars' : 'line'}
        points={history.map((step) => ({
          fromMs: step.fromMs,
          toMs: step.toMs,
          value: step[name],
          isMarked: step.wasDown,
        }))}
        format={format}
        formatTime={(atMs) => time.format(atMs)}
        summary={known.length === 0 ? `${title}: ${t('admin.gatewayStatus.noFigures')}` : summary}
        emptyText={t('admin.gatewayStatus.noFigures')}
        {...bounds}
      />
    );
  };
  return (
    <Card title={t('admin.gatewayStatus.history')}>
      <p className="gateway-muted">{t('admin.gatewayStatus.historyHint')}</p>
      <div className="gateway-charts">
        {chart('tried')}
        {chart('answerRate', { ceiling: 1 })}
        {chart('postDialDelayMs')}
        {chart('mos', { floor: 1, ceiling: 4.5 })}
      </div>
      <Fold title={t('admin.gatewayStatus.table')}>
        <HistoryTable history={history} formatTime={(atMs) => time.format(atMs)} />
      </Fold>
    </Card>
  );
}

function HistoryTable({ history, formatTime }: { history: History; formatTime: (atMs: number) => string }) {
  const { t } = useTranslation();
  const figures = useFigures();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and is reached by keyboard for that.
    <section className="gateway-table" tabIndex={0} aria-label={t('admin.gatewayStatus.table')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('admin.gatewayStatus.from')}</th>
            <th scope="col">{t('admin.gatewayStatus.tried')}</th>
            <th scope="col">{t('admin.gatewayStatus.answered')}</th>
            <th scope="col">{t('admin.gatewayStatus.failed')}</th>
            <th scope="col">{t('admin.gatewayStatus.delay')}</th>
            <th scope="col">{t('admin.gatewayStatus.mos')}</th>
            <th scope="col">{t('admin.gatewayStatus.wasDown')}</th>
          </tr>
        </thead>
        <tbody>
          {history.map((step) => (
            <tr key={step.fromMs}>
              <th scope="row">{formatTime(step.fromMs)}</th>
              <td>{figures.count(step.tried)}</td>
              <td>{figures.rate(step.answerRate)}</td>
              <td>{figures.count(step.failed)}</td>
              <td>{figures.delay(step.postDialDelayMs)}</td>
              <td>{figures.score(step.mos)}</td>
              <td>{t(step.wasDown ? 'admin.gatewayStatus.yes' : 'admin.gatewayStatus.no')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

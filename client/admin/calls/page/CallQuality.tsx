import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { QualityPoint } from '../../../../shared/admin/index.ts';
import { Card, narrowQuery, Segmented, useMediaQuery } from '../../../ui/index.ts';
import { ChoiceField, Fold, TimeChart } from '../../../ui/workbench/index.ts';
import { useFigures } from '../../words/index.ts';
import { evenSlots, type Leg, type Measure } from './evenSlots.ts';

const legs: readonly Leg[] = ['fromBrowser', 'toBrowser', 'fromGateway', 'toGateway'];
const measures: readonly Measure[] = ['mos', 'lossPercent', 'jitterMs', 'roundTripMs'];

/** How a call sounded, leg by leg: charts, and the same figures as a table. */
export function CallQuality({ points }: { readonly points: readonly QualityPoint[] }) {
  const { t } = useTranslation();
  const known = legs.filter((leg) => points.some((point) => measures.some((measure) => point[leg][measure] !== null)));
  const isNarrow = useMediaQuery(narrowQuery);
  const [chosen, choose] = useState<Leg>('fromBrowser');
  const leg = known.includes(chosen) ? chosen : known[0];
  const options = known.map((id) => ({ id, name: t(`admin.calls.legs.${id}`) }));
  return (
    <Card title={t('admin.calls.quality')}>
      {leg === undefined && <p className="call-muted">{t('admin.calls.qualityNone')}</p>}
      {leg !== undefined && (
        <>
          {isNarrow && known.length > 2 ? (
            <ChoiceField
              label={t('admin.calls.leg')}
              options={options}
              value={leg}
              onChange={(id) => id && choose(id)}
            />
          ) : (
            <Segmented label={t('admin.calls.leg')} options={options} value={leg} onChange={choose} />
          )}
          <div className="call-charts">
            {measures.map((measure) => (
              <MeasureChart key={measure} points={points} leg={leg} measure={measure} />
            ))}
          </div>
          <Fold title={t('admin.calls.table')}>
            <QualityTable points={points} leg={leg} />
          </Fold>
        </>
      )}
    </Card>
  );
}

interface ChartProps {
  readonly points: readonly QualityPoint[];
  readonly leg: Leg;
  readonly measure: Measure;
}

function MeasureChart({ points, leg, measure }: ChartProps) {
  const { t } = useTranslation();
  const format = useFormats()[measure];
  const time = useTime();
  const slots = evenSlots(points, leg, measure);
  const known = slots.flatMap(({ value }) => value ?? []);
  const title = t(`admin.calls.measures.${measure}`);
  const summary = t('admin.calls.chartSummary', {
    title,
    least: format(Math.min(...known)),
    most: format(Math.max(...known)),
    last: format(known.at(-1) ?? 0),
  });
  return (
    <TimeChart
      title={title}
      kind="line"
      points={slots}
      format={format}
      formatTime={time}
      summary={known.length === 0 ? `${title}: ${t('admin.calls.noFigures')}` : summary}
      emptyText={t('admin.calls.noFigures')}
      {...(measure === 'mos' && { floor: 1, ceiling: 4.5 })}
    />
  );
}

function QualityTable({ points, leg }: Omit<ChartProps, 'measure'>) {
  const { t } = useTranslation();
  const formats = useFormats();
  const time = useTime();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and is reached by keyboard for that.
    <section className="call-table" tabIndex={0} aria-label={t('admin.calls.table')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('admin.calls.time')}</th>
            {measures.map((measure) => (
              <th key={measure} scope="col">
                {t(`admin.calls.measures.${measure}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {points.map((point) => (
            <tr key={point.atMs}>
              <th scope="row">{time(point.atMs)}</th>
              {measures.map((measure) => {
                const value = point[leg][measure];
                return <td key={measure}>{value === null ? '–' : formats[measure](value)}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function useTime(): (atMs: number) => string {
  const { i18n } = useTranslation();
  const time = new Intl.DateTimeFormat(i18n.language, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
  return (atMs) => time.format(atMs);
}

function useFormats(): Readonly<Record<Measure, (value: number) => string>> {
  const { i18n } = useTranslation();
  const { delay, score } = useFigures();
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 1 });
  return { mos: score, lossPercent: (value) => percent.format(value / 100), jitterMs: delay, roundTripMs: delay };
}

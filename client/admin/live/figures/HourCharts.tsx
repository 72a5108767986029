import { useTranslation } from 'react-i18next';
import type { LiveFigures } from '../../../../shared/admin/index.ts';
import { TimeChart } from '../../../ui/workbench/index.ts';
import { useFigures } from '../../words/index.ts';

const minuteMs = 60_000;

const charts = [
  { value: 'requested', title: 'perMinute', kind: 'bars' },
  { value: 'answerRate', title: 'answerRate', kind: 'line', ceiling: 1 },
  { value: 'postDialDelayMs', title: 'delay', kind: 'line' },
  { value: 'mos', title: 'mos', kind: 'line', floor: 1, ceiling: 4.5 },
] as const;

/** The last hour minute by minute. */
export function HourCharts({ minutes }: Pick<LiveFigures, 'minutes'>) {
  const { t, i18n } = useTranslation();
  const { count, rate, delay, score } = useFigures();
  const time = new Intl.DateTimeFormat(i18n.language, { hour: '2-digit', minute: '2-digit' });
  const formats = { requested: count, answerRate: rate, postDialDelayMs: delay, mos: score } as const;
  return (
    <div className="live-charts">
      {charts.map(({ value, title: titleKey, kind, ...bounds }) => {
        const title = t(`admin.live.${titleKey}`);
        const format: (amount: number) => string = formats[value];
        const known = minutes.flatMap((minute) => minute[value] ?? []);
        const summary =
          known.length === 0
            ? `${title}: ${t('admin.live.noFigures')}`
            : t('admin.live.chartSummary', {
                title,
                least: format(Math.min(...known)),
                most: format(Math.max(...known)),
                last: format(known.at(-1) ?? 0),
              });
        return (
          <TimeChart
            key={value}
            {...{ title, kind, format, summary, ...bounds }}
            points={minutes.map((minute) => ({
              fromMs: minute.fromMs,
              toMs: minute.fromMs + minuteMs,
              value: minute[value],
            }))}
            formatTime={(atMs) => time.format(atMs)}
            emptyText={t('admin.live.noFigures')}
          />
        );
      })}
    </div>
  );
}

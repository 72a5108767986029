import { useTranslation } from 'react-i18next';
import type { CheckFigures } from '../../calling/index.ts';

/** The network to the call server, in figures. */
export function CheckFigureList({ figures }: { figures: CheckFigures | null }) {
  const { t, i18n } = useTranslation();
  const ms = (value: number | null | undefined) => value != null && t('quality.ms', { ms: Math.round(value) });
  const written = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 });
  const loss = figures?.lossPercent ?? null;
  const rows: readonly (readonly [string, string | false | null | undefined])[] = [
    [t('check.socket'), ms(figures?.socketMs)],
    [t('quality.roundTrip'), ms(figures?.roundTripMs)],
    [t('quality.jitter'), ms(figures?.jitterMs)],
    [t('check.loss'), loss !== null && t('quality.percent', { percent: written.format(loss) })],
    [t('quality.way'), figures?.protocol?.toUpperCase()],
  ];
  return (
    <dl className="check-figures">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="numerals">{value || '–'}</dd>
        </div>
      ))}
    </dl>
  );
}

import { useTranslation } from 'react-i18next';
import type { BrowserQuality, CallQuality } from '../../../../shared/protocol/index.ts';
import { Notice } from '../../../ui/index.ts';

/** From here on a person hears nothing that would need a word. */
const fairStrength = 3;

export interface QualityDetailsProps {
  readonly quality: CallQuality;
  readonly measured: BrowserQuality | null;
}

/** What is wrong and what helps, and the figures for whoever wants to know. */
export function QualityDetails({ quality, measured }: QualityDetailsProps) {
  const { t, i18n } = useTranslation();
  const { mos, problems, roundTripMs, lossPercent = null } = quality;
  const written = (value: number) =>
    new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1, minimumFractionDigits: 1 }).format(value);
  const ms = (value: number | null) => value !== null && t('quality.ms', { ms: Math.round(value) });
  const score = (value: number | null) => value !== null && t('quality.score', { score: written(value) });
  const percent = (value: number | null) => value !== null && t('quality.percent', { percent: written(value) });
  const protocol = measured?.protocol?.toUpperCase() ?? null;
  const rows: readonly (readonly [string, string | null | false])[] = [
    [t('quality.hear'), score(lower(mos.toBrowser, mos.fromGateway))],
    [t('quality.heard'), score(lower(mos.fromBrowser, mos.toGateway))],
    [t('quality.roundTrip'), ms(roundTripMs)],
    [t('quality.jitter'), ms(measured?.jitterMs ?? null)],
    [t('quality.loss'), percent(lossPercent)],
    [t('quality.buffered'), ms(measured?.jitterBufferMs ?? null)],
    [t('quality.concealed'), percent(measured?.concealedRatio == null ? null : measured.concealedRatio * 100)],
    [t('quality.codec'), measured?.codec ?? null],
    [t('quality.way'), protocol !== null && measured?.isRelayed === true ? `${protocol}, TURN` : protocol],
  ];
  return (
    <>
      <ul className="quality-advice">
        {problems.length === 0 && <li>{t(quality.strength < fairStrength ? 'quality.unsteady' : 'quality.fine')}</li>}
        {problems.map((problem) => (
          <li key={problem}>
            <Notice tone="warning" title={t(`quality.problems.${problem}.title`)}>
              {t(`quality.problems.${problem}.advice`)}
            </Notice>
          </li>
        ))}
      </ul>
      <dl className="quality-figures">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="numerals">{value || t('quality.unknown')}</dd>
          </div>
        ))}
      </dl>
      <p className="quality-note">{t('quality.scoreNote')}</p>
    </>
  );
}

/** A way is as good as the worse of its two parts. */
function lower(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other;
  return Math.min(one, other);
}

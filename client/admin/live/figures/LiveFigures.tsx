import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { LiveFigures as Figures } from '../../../../shared/admin/index.ts';
import { Card } from '../../../ui/index.ts';
import { Fold } from '../../../ui/workbench/index.ts';
import { useOptions } from '../../api/index.ts';
import { useFigures } from '../../words/index.ts';
import { GroupTable } from './GroupTable.tsx';
import { HourCharts } from './HourCharts.tsx';

/** Numbers of now, charts of the last hour, and both by gateway and brand. Calls change oftener than these, which stay as they are meanwhile. */
export const LiveFigures = memo(FiguresOfNow);

function FiguresOfNow({ figures }: { readonly figures: Figures }) {
  const { t } = useTranslation();
  const { count } = useFigures();
  const gateways = useOptions('gateways');
  const brands = useOptions('brands');
  const { now, minutes } = figures;
  // The present minute is not over yet.
  const lastMinute = minutes.at(-2);
  return (
    <>
      <Card title={t('admin.live.now')}>
        <dl className="live-figures">
          {(
            [
              ['callsNow', now.calls],
              ['talking', now.talking],
              ['incoming', now.incoming],
              ['outgoing', now.outgoing],
              ['perMinute', lastMinute?.requested ?? 0],
            ] as const
          ).map(([name, value]) => (
            <div key={name}>
              <dt>{t(`admin.live.${name}`)}</dt>
              <dd>{count(value)}</dd>
            </div>
          ))}
        </dl>
      </Card>
      <Card title={t('admin.live.lastHour')}>
        <p className="live-muted">{t('admin.live.figuresHint')}</p>
        <HourCharts minutes={minutes} />
        {figures.gateways.length > 0 && (
          <Fold title={t('admin.live.byGateway')}>
            <GroupTable
              label={t('admin.live.gateway')}
              rows={figures.gateways.map(({ gatewayId, ...row }) => ({ ...row, name: gateways.nameOf(gatewayId) }))}
            />
          </Fold>
        )}
        {figures.brands.length > 0 && (
          <Fold title={t('admin.live.byBrand')}>
            <GroupTable
              label={t('admin.live.brand')}
              rows={figures.brands.map(({ brandId, ...row }) => ({ ...row, name: brands.nameOf(brandId) }))}
            />
          </Fold>
        )}
      </Card>
    </>
  );
}

import { PhoneIncoming, PhoneOutgoing } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { LiveCall } from '../../../../shared/admin/index.ts';
import { Badge, type DataColumn } from '../../../ui/workbench/index.ts';
import { useFigures } from '../../words/index.ts';
import { stageOf, worstMos } from './filterCalls.ts';
import { Since } from './Ticking.tsx';

const tones = { beginning: 'info', talking: 'good', ending: 'plain' } as const;

/** Stays the same from one second to the next, so that rows which didn't change aren't made anew. */
export function useLiveColumns(): readonly DataColumn<LiveCall>[] {
  const { t } = useTranslation();
  const figures = useFigures();
  return useMemo(
    () => [
      {
        id: 'person',
        minWidth: 100,
        name: t('admin.live.person'),
        cell: (call) => call.userName ?? t(`admin.live.nobody.${call.direction}`),
        sortKey: (call) => call.userName ?? '',
      },
      {
        id: 'direction',
        minWidth: 100,
        name: t('admin.live.direction'),
        cell: ({ direction }) => (
          <span className="live-direction">
            {direction === 'incoming' ? <PhoneIncoming aria-hidden /> : <PhoneOutgoing aria-hidden />}
            {t(`admin.live.directions.${direction}`)}
          </span>
        ),
        sortKey: ({ direction }) => direction,
      },
      {
        id: 'number',
        minWidth: 130,
        name: t('admin.live.number'),
        cell: otherNumber,
        sortKey: otherNumber,
        isName: true,
      },
      {
        id: 'state',
        minWidth: 120,
        name: t('admin.live.state'),
        cell: (call) => <Badge tone={tones[stageOf(call)]}>{t(`admin.live.states.${call.state}`)}</Badge>,
        sortKey: ({ state }) => state,
      },
      {
        id: 'duration',
        minWidth: 70,
        name: t('admin.live.duration'),
        cell: ({ answeredAtMs, requestedAtMs }) => <Since atMs={answeredAtMs ?? requestedAtMs} />,
        sortKey: ({ answeredAtMs, requestedAtMs }) => -(answeredAtMs ?? requestedAtMs),
        align: 'end',
      },
      {
        id: 'quality',
        minWidth: 75,
        name: t('admin.live.quality'),
        cell: (call) => figures.score(worstMos(call)),
        sortKey: (call) => worstMos(call) ?? 9,
        align: 'end',
      },
      {
        id: 'cost',
        minWidth: 85,
        name: t('admin.live.cost'),
        cell: ({ costSoFar }) => (costSoFar === null ? '–' : figures.amount(costSoFar)),
        sortKey: ({ costSoFar }) => costSoFar ?? -1,
        align: 'end',
      },
      {
        id: 'gateway',
        minWidth: 90,
        name: t('admin.live.gateway'),
        cell: ({ gatewayId }) => gatewayId ?? '–',
        sortKey: ({ gatewayId }) => gatewayId ?? '',
      },
      {
        id: 'codec',
        minWidth: 80,
        name: t('admin.live.codec'),
        cell: ({ codec, mediaWay }) =>
          codec === null ? '–' : mediaWay === 'direct' ? t('admin.live.directCodec', { codec }) : codec,
        sortKey: ({ codec }) => codec ?? '',
        isMinor: true,
      },
      {
        id: 'brand',
        minWidth: 85,
        name: t('admin.live.brand'),
        cell: ({ brandId }) => brandId,
        sortKey: ({ brandId }) => brandId,
        isMinor: true,
      },
    ],
    [t, figures],
  );
}

/** Whom the person talks with. */
export function otherNumber({ direction, callingNumber, calledNumber, transferredTo }: LiveCall): string {
  return transferredTo ?? (direction === 'incoming' ? (callingNumber ?? '–') : calledNumber);
}

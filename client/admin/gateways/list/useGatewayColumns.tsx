import { useTranslation } from 'react-i18next';
import type { GatewayView, gatewayStateSchema } from '../../../../shared/admin/index.ts';
import type { DataColumn } from '../../../ui/workbench/index.ts';
import { useFigures } from '../../words/index.ts';
import { nameOfGateway } from '../form/GatewayPanel.tsx';
import { GatewayStateBadge } from '../GatewayStateBadge.tsx';
import type { GatewayStatuses } from './useGatewayStatuses.ts';

/** Those that need somebody come first. */
const byNeed = [
  'down',
  'resting',
  'returning',
  'unknown',
  'up',
  'off',
] satisfies (typeof gatewayStateSchema.options)[number][];

export function useGatewayColumns(statuses: GatewayStatuses): readonly DataColumn<GatewayView>[] {
  const { t } = useTranslation();
  const figures = useFigures();
  const none = t('admin.gateways.noFigure');
  const stateOf = ({ id, isEnabled }: GatewayView) => statuses.of(id)?.state ?? (isEnabled ? 'unknown' : 'off');
  return [
    { id: 'name', name: t('admin.gateways.name'), cell: nameOfGateway, sortKey: nameOfGateway },
    {
      id: 'state',
      name: t('admin.gateways.state'),
      cell: (gateway) => <GatewayStateBadge state={stateOf(gateway)} />,
      sortKey: (gateway) => byNeed.indexOf(stateOf(gateway)),
    },
    {
      id: 'calls',
      name: t('admin.gateways.calls'),
      cell: ({ id, maxCalls }) => {
        const calls = statuses.of(id)?.calls;
        if (calls === undefined) return none;
        if (maxCalls === undefined) return figures.count(calls);
        return t('admin.gateways.callsOf', { calls: figures.count(calls), most: figures.count(maxCalls) });
      },
      sortKey: ({ id }) => statuses.of(id)?.calls ?? -1,
      align: 'end',
    },
    {
      id: 'answered',
      name: t('admin.gateways.answerRate'),
      cell: ({ id }) => figures.rate(statuses.of(id)?.lastHour.answerRate ?? null),
      sortKey: ({ id }) => statuses.of(id)?.lastHour.answerRate ?? -1,
      align: 'end',
    },
    {
      id: 'delay',
      name: t('admin.gateways.delay'),
      cell: ({ id }) => figures.delay(statuses.of(id)?.lastHour.postDialDelayMs ?? null),
      sortKey: ({ id }) => statuses.of(id)?.lastHour.postDialDelayMs ?? -1,
      align: 'end',
    },
    {
      id: 'problem',
      name: t('admin.gateways.problem'),
      cell: ({ id }) => statuses.of(id)?.problem ?? none,
    },
    {
      id: 'address',
      name: t('admin.gateways.address'),
      cell: ({ host, port, transport }) => `${host}${port === null ? '' : `:${port}`} ${transport.toUpperCase()}`,
      sortKey: ({ host }) => host,
      isMinor: true,
    },
  ];
}

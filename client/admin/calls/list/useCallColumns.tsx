import { useTranslation } from 'react-i18next';
import type { CallRecordView } from '../../../../shared/admin/index.ts';
import { Badge, type DataColumn } from '../../../ui/workbench/index.ts';
import { useOptions } from '../../api/index.ts';
import { useWhen } from '../../frame/index.ts';
import { ResultBadge } from '../words/ResultBadge.tsx';
import { useCallWords } from '../words/useCallWords.ts';

export function useCallColumns(): readonly DataColumn<CallRecordView>[] {
  const { t } = useTranslation();
  const when = useWhen();
  const words = useCallWords();
  const gateways = useOptions('gateways');
  return [
    { id: 'when', name: t('admin.calls.when'), cell: ({ requestedAtMs }) => when(requestedAtMs) },
    { id: 'caller', name: t('admin.calls.caller'), isName: true, cell: words.caller },
    {
      id: 'called',
      name: t('admin.calls.called'),
      isName: true,
      cell: (call) => (
        <>
          {words.called(call)} {call.isAnonymous && <Badge>{t('admin.calls.anonymous')}</Badge>}
        </>
      ),
    },
    { id: 'result', name: t('admin.calls.result'), cell: (call) => <ResultBadge call={call} /> },
    { id: 'talked', name: t('admin.calls.talked'), align: 'end', cell: words.talked },
    {
      id: 'gateway',
      name: t('admin.calls.gateway'),
      isMinor: true,
      cell: ({ gatewayId }) => (gatewayId === null ? '–' : gateways.nameOf(gatewayId)),
    },
    {
      id: 'cost',
      name: t('admin.calls.cost'),
      align: 'end',
      isMinor: true,
      cell: ({ costMicros }) => words.cost(costMicros),
    },
  ];
}

import { Download } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button, Notice } from '../../../ui/index.ts';
import { queryOf, useAdminApi } from '../../api/index.ts';
import { useAction } from '../../frame/index.ts';
import { saveBlob } from '../../sheet/index.ts';
import type { CallFilterView } from './useCallFilter.ts';

/** All calls that the search finds, as a file: not only those that are shown. */
export function ExportButtons({ query }: Pick<CallFilterView, 'query'>) {
  const { t } = useTranslation();
  const api = useAdminApi();
  const save = (format: 'csv' | 'jsonl') => async () =>
    saveBlob(`calls.${format}`, await api.file(`/calls/export${queryOf({ ...query, format })}`));
  const csv = useAction(save('csv'));
  const json = useAction(save('jsonl'));
  const failure = csv.failure ?? json.failure;
  return (
    <>
      <div className="calls-actions">
        <Button icon={<Download aria-hidden />} onPress={csv.run} isPending={csv.isBusy}>
          {t('admin.calls.exportCsv')}
        </Button>
        <Button icon={<Download aria-hidden />} onPress={json.run} isPending={json.isBusy}>
          {t('admin.calls.exportJson')}
        </Button>
      </div>
      {failure !== null && (
        <Notice tone="danger" isUrgent>
          {failure}
        </Notice>
      )}
    </>
  );
}

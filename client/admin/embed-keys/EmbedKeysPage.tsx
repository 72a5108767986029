import { CodeXml } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { EmbedKey } from '../../../shared/admin/index.ts';
import type { DataColumn } from '../../ui/workbench/index.ts';
import { EntityListPage, useSharedColumns } from '../frame/index.ts';
import { EditEmbedKey, NewEmbedKey } from './EmbedKeyPanel.tsx';

export function EmbedKeysPage() {
  const { t } = useTranslation();
  return (
    <EntityListPage
      kind="embedKeys"
      section="embed-keys"
      icon={<CodeXml />}
      words={t('admin.embedKey', { returnObjects: true })}
      columns={useColumns()}
      nameOf={({ name }) => name}
      NewPanel={NewEmbedKey}
      OpenPanel={EditEmbedKey}
    />
  );
}

function useColumns(): readonly DataColumn<EmbedKey>[] {
  const { t } = useTranslation();
  const { brand, status } = useSharedColumns();
  return [
    { id: 'name', name: t('admin.embedKey.name'), cell: ({ name }) => name, sortKey: ({ name }) => name },
    brand,
    {
      id: 'origins',
      name: t('admin.embedKey.origins'),
      cell: ({ origins }) => firstAndMore(origins),
      sortKey: ({ origins }) => origins[0] ?? '',
    },
    {
      id: 'destinations',
      name: t('admin.embedKey.destinations'),
      cell: ({ destinations }) =>
        firstAndMore(destinations.map(({ number, isPrefix }) => number + (isPrefix ? '…' : ''))),
    },
    status,
  ];
}

function firstAndMore([first = '–', ...rest]: readonly string[]): string {
  return rest.length === 0 ? first : `${first} +${rest.length}`;
}

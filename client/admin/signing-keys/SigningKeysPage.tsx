import { FileKey2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { SigningKeyView } from '../../../shared/admin/index.ts';
import type { DataColumn } from '../../ui/workbench/index.ts';
import { EntityListPage, useSharedColumns, useWhen } from '../frame/index.ts';
import { EditSigningKey, NewSigningKey } from './SigningKeyPanel.tsx';

export function SigningKeysPage() {
  const { t } = useTranslation();
  return (
    <EntityListPage
      kind="signingKeys"
      section="signing-keys"
      icon={<FileKey2 />}
      words={t('admin.signingKey', { returnObjects: true })}
      columns={useColumns()}
      nameOf={({ name }) => name}
      NewPanel={NewSigningKey}
      OpenPanel={EditSigningKey}
    />
  );
}

function useColumns(): readonly DataColumn<SigningKeyView>[] {
  const { t } = useTranslation();
  const { brand, status } = useSharedColumns();
  const when = useWhen();
  return [
    { id: 'name', name: t('admin.signingKey.name'), cell: ({ name }) => name, sortKey: ({ name }) => name },
    brand,
    { id: 'issuer', name: t('admin.signingKey.issuer'), cell: ({ issuer }) => issuer, sortKey: ({ issuer }) => issuer },
    {
      id: 'algorithm',
      name: t('admin.signingKey.algorithm'),
      cell: ({ algorithm }) => algorithm,
      sortKey: ({ algorithm }) => algorithm,
      isMinor: true,
    },
    {
      id: 'used',
      name: t('admin.signingKey.used'),
      cell: ({ lastUsedAtMs }) => (lastUsedAtMs === null ? t('admin.signingKey.neverUsed') : when(lastUsedAtMs)),
      sortKey: ({ lastUsedAtMs }) => lastUsedAtMs ?? 0,
    },
    status,
  ];
}

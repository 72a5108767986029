import { RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { Button, useNotices } from '../../ui/index.ts';
import { Badge, ConfirmDialog, type DataColumn, DataTable } from '../../ui/workbench/index.ts';
import { useAccess } from '../access.ts';
import { useAdminApi, usePages } from '../api/index.ts';
import { AdminPage, EntityListBody, useAction, useWhen } from '../frame/index.ts';

const accessKeySchema = z.object({
  id: z.string(),
  createdAtMs: z.number(),
  state: z.enum(['current', 'retiring']),
  retiresAtMs: z.number().nullable(),
});
type AccessKey = z.infer<typeof accessKeySchema>;

const keysSchema = z.object({ items: z.array(accessKeySchema) });

/** The keys by which the bridge signs access tokens, and the way to a new one. */
export function AccessKeysPage() {
  const { t } = useTranslation();
  const api = useAdminApi();
  const notices = useNotices();
  const { role } = useAccess();
  const list = usePages('access-keys', async () => {
    const { items } = await api.ask({ method: 'GET', path: '/access-keys' }, keysSchema);
    return { items, nextCursor: null };
  });
  const rotate = async () => {
    await api.ask({ method: 'POST', path: '/access-keys/rotate', body: {} }, keysSchema);
    notices.post({ tone: 'plain', text: t('admin.accessKey.rotated') });
    list.reload();
  };
  return (
    <AdminPage
      title={t('admin.accessKey.title')}
      subtitle={t('admin.accessKey.subtitle')}
      {...(role === 'operator' && { actions: <Rotate onRotate={rotate} /> })}
    >
      <EntityListBody list={list} searched="" empty={null}>
        <DataTable
          label={t('admin.accessKey.list')}
          columns={useColumns()}
          rows={list.items}
          idOf={({ id }) => id}
          nameOf={({ id }) => id}
          isComplete
        />
      </EntityListBody>
    </AdminPage>
  );
}

function Rotate({ onRotate }: { onRotate: () => Promise<void> }) {
  const { t } = useTranslation();
  const [isAsking, setIsAsking] = useState(false);
  const action = useAction(async () => {
    await onRotate();
    setIsAsking(false);
  });
  return (
    <>
      <Button variant="primary" icon={<RefreshCw aria-hidden />} onPress={() => setIsAsking(true)}>
        {t('admin.accessKey.rotate')}
      </Button>
      {isAsking && (
        <ConfirmDialog
          title={t('admin.accessKey.rotateTitle')}
          confirmLabel={t('admin.accessKey.rotate')}
          cancelLabel={t('common.cancel')}
          closeLabel={t('common.close')}
          tone="primary"
          isBusy={action.isBusy}
          failure={action.failure}
          onConfirm={action.run}
          onCancel={() => {
            action.clear();
            setIsAsking(false);
          }}
        >
          <p>{t('admin.accessKey.rotateText')}</p>
          <p>{t('admin.accessKey.rotateWhen')}</p>
        </ConfirmDialog>
      )}
    </>
  );
}

function useColumns(): readonly DataColumn<AccessKey>[] {
  const { t } = useTranslation();
  const when = useWhen();
  return [
    { id: 'id', name: t('admin.accessKey.id'), cell: ({ id }) => id },
    { id: 'created', name: t('admin.accessKey.created'), cell: ({ createdAtMs }) => when(createdAtMs) },
    {
      id: 'state',
      name: t('admin.accessKey.state'),
      cell: ({ state }) => (
        <Badge tone={state === 'current' ? 'good' : 'warning'}>{t(`admin.accessKey.states.${state}`)}</Badge>
      ),
    },
    {
      id: 'retires',
      name: t('admin.accessKey.retires'),
      cell: ({ retiresAtMs }) => (retiresAtMs === null ? t('admin.accessKey.never') : when(retiresAtMs)),
    },
  ];
}

import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, useNotices } from '../../ui/index.ts';
import { ConfirmDialog } from '../../ui/workbench/index.ts';
import { type EntityKind, useAdminApi } from '../api/index.ts';
import { useAction } from '../frame/index.ts';

export interface DeleteEntityProps {
  readonly kind: EntityKind;
  readonly entity: { readonly id: string; readonly revision: number };
  readonly name: string;
  /** What goes with it. */
  readonly consequence: string;
  readonly onDeleted: () => void;
}

/** Asks, deletes, and says so. What it can't be deleted for is said in the question's place. */
export function DeleteEntity({ kind, entity, name, consequence, onDeleted }: DeleteEntityProps) {
  const { t } = useTranslation();
  const api = useAdminApi();
  const notices = useNotices();
  const [isAsking, setIsAsking] = useState(false);
  const action = useAction(async () => {
    await api.delete(kind, entity);
    notices.post({ tone: 'plain', text: t('admin.form.deleted', { name }) });
    onDeleted();
  });
  return (
    <>
      <Button variant="quiet" icon={<Trash2 aria-hidden />} onPress={() => setIsAsking(true)}>
        {t('common.remove')}
      </Button>
      {isAsking && (
        <ConfirmDialog
          title={t('admin.form.deleteTitle', { name })}
          confirmLabel={t('common.remove')}
          cancelLabel={t('common.cancel')}
          closeLabel={t('common.close')}
          isBusy={action.isBusy}
          failure={action.failure}
          onConfirm={action.run}
          onCancel={() => {
            action.clear();
            setIsAsking(false);
          }}
        >
          <p>{consequence}</p>
        </ConfirmDialog>
      )}
    </>
  );
}

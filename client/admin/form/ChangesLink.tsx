import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AuditedKind } from '../../../shared/admin/index.ts';
import { useWhen } from '../frame/index.ts';

export interface ChangesLinkProps {
  readonly kind: AuditedKind;
  readonly entity: { readonly id: string; readonly updatedAtMs: number };
}

/** When something was changed last, and the way to all its changes. */
export function ChangesLink({ kind, entity }: ChangesLinkProps) {
  const { t } = useTranslation();
  const when = useWhen();
  const query = new URLSearchParams({ kind, entityId: entity.id });
  return (
    <>
      {entity.updatedAtMs > 0 && `${t('admin.form.changedAt', { when: when(entity.updatedAtMs) })} · `}
      <Link to={`/admin/audit?${query.toString()}`}>{t('admin.form.changes')}</Link>
    </>
  );
}

import type { TFunction } from 'i18next';
import type { ExplainRequest } from '../../../shared/admin/index.ts';

/** Who is asked about, as a sentence calls them. */
export function nameCaller({ caller }: ExplainRequest, embedKeyName: (id: string) => string, t: TFunction): string {
  return caller.kind === 'visitor'
    ? t('admin.explain.visitorOf', { key: embedKeyName(caller.embedKeyId) })
    : caller.userName;
}

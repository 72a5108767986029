import { useTranslation } from 'react-i18next';
import type { Route } from '../../../shared/admin/index.ts';

/** What people call a route. */
export function useRouteName(): (route: Pick<Route, 'id' | 'name'>) => string {
  const { t } = useTranslation();
  return ({ id, name }) => name ?? t('admin.routes.unnamed', { id });
}

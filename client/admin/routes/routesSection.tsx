import { Route } from 'lucide-react';
import type { AdminSection } from '../AdminSection.ts';
import { RoutesPage } from './RoutesPage.tsx';

export const routesSection: AdminSection = {
  path: 'routes',
  icon: <Route />,
  labelKey: 'admin.sections.routes',
  group: 'network',
  roles: ['operator', 'auditor'],
  isOfNoBrand: true,
  Page: RoutesPage,
};

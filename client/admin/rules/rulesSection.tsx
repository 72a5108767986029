import { ListOrdered } from 'lucide-react';
import { adminRoles } from '../../session/index.ts';
import type { AdminSection } from '../AdminSection.ts';
import { RulesPage } from './RulesPage.tsx';

export const rulesSection: AdminSection = {
  path: 'rules',
  icon: <ListOrdered />,
  labelKey: 'admin.sections.rules',
  group: 'calls',
  roles: adminRoles,
  Page: RulesPage,
};

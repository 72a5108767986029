import { PhoneForwarded } from 'lucide-react';
import { adminRoles } from '../../session/index.ts';
import type { AdminSection } from '../AdminSection.ts';
import { ExplainPage } from './ExplainPage.tsx';

export const explainSection: AdminSection = {
  path: 'explain',
  icon: <PhoneForwarded />,
  labelKey: 'admin.sections.explain',
  group: 'calls',
  roles: adminRoles,
  Page: ExplainPage,
};

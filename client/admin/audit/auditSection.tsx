import { ScrollText } from 'lucide-react';
import { adminRoles } from '../../session/index.ts';
import type { AdminSection } from '../AdminSection.ts';
import { AuditPage } from './AuditPage.tsx';

export const auditSection: AdminSection = {
  path: 'audit',
  icon: <ScrollText />,
  labelKey: 'admin.sections.audit',
  group: 'record',
  roles: adminRoles,
  Page: AuditPage,
};

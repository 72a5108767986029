import { PhoneCall } from 'lucide-react';
import { adminRoles } from '../../session/index.ts';
import type { AdminSection } from '../AdminSection.ts';
import { CallsPages } from './CallsPages.tsx';

export const callsSection: AdminSection = {
  path: 'calls',
  icon: <PhoneCall />,
  labelKey: 'admin.sections.calls',
  group: 'record',
  roles: adminRoles,
  Page: CallsPages,
};

import { Router } from 'lucide-react';
import type { AdminSection } from '../AdminSection.ts';
import { GatewaysPages } from './GatewaysPages.tsx';

export const gatewaysSection: AdminSection = {
  path: 'gateways',
  icon: <Router />,
  labelKey: 'admin.sections.gateways',
  group: 'network',
  roles: ['operator', 'auditor'],
  isOfNoBrand: true,
  Page: GatewaysPages,
};

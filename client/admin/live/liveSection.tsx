import { Activity } from 'lucide-react';
import type { AdminSection } from '../AdminSection.ts';
import { LivePage } from './LivePage.tsx';

export const liveSection: AdminSection = {
  path: 'live',
  icon: <Activity />,
  labelKey: 'admin.sections.live',
  group: 'calls',
  roles: ['operator', 'brandManager', 'auditor'],
  Page: LivePage,
};

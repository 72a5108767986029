import { UsersRound } from 'lucide-react';
import { adminRoles } from '../../session/index.ts';
import type { AdminSection } from '../AdminSection.ts';
import { GroupsPage } from './GroupsPage.tsx';

export const groupsSection: AdminSection = {
  path: 'groups',
  icon: <UsersRound />,
  labelKey: 'admin.sections.groups',
  group: 'people',
  roles: adminRoles,
  Page: GroupsPage,
};

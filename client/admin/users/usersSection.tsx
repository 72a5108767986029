import { Users } from 'lucide-react';
import { adminRoles } from '../../session/index.ts';
import type { AdminSection } from '../AdminSection.ts';
import { UsersPage } from './UsersPage.tsx';

export const usersSection: AdminSection = {
  path: 'users',
  icon: <Users />,
  labelKey: 'admin.sections.users',
  group: 'people',
  roles: adminRoles,
  Page: UsersPage,
};

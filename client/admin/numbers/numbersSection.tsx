import { Hash } from 'lucide-react';
import { adminRoles } from '../../session/index.ts';
import type { AdminSection } from '../AdminSection.ts';
import { NumbersPage } from './NumbersPage.tsx';

export const numbersSection: AdminSection = {
  path: 'numbers',
  icon: <Hash />,
  labelKey: 'admin.sections.numbers',
  group: 'network',
  roles: adminRoles,
  Page: NumbersPage,
};

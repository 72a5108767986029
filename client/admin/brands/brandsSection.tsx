import { Palette } from 'lucide-react';
import { adminRoles } from '../../session/index.ts';
import type { AdminSection } from '../AdminSection.ts';
import { BrandsPage } from './BrandsPage.tsx';

export const brandsSection: AdminSection = {
  path: 'brands',
  icon: <Palette />,
  labelKey: 'admin.sections.brands',
  group: 'brands',
  roles: adminRoles,
  Page: BrandsPage,
};

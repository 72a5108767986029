import { Banknote } from 'lucide-react';
import { adminRoles } from '../../session/index.ts';
import type { AdminSection } from '../AdminSection.ts';
import { RatesPage } from './RatesPage.tsx';

export const ratesSection: AdminSection = {
  path: 'rates',
  icon: <Banknote />,
  labelKey: 'admin.sections.rates',
  group: 'calls',
  roles: adminRoles,
  Page: RatesPage,
};

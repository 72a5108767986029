import { KeyRound } from 'lucide-react';
import type { AdminSection } from '../AdminSection.ts';
import { AccessKeysPage } from './AccessKeysPage.tsx';

export const accessKeysSection: AdminSection = {
  path: 'access-keys',
  icon: <KeyRound />,
  labelKey: 'admin.sections.accessKeys',
  group: 'doors',
  // They are of no brand.
  roles: ['operator', 'auditor'],
  Page: AccessKeysPage,
};

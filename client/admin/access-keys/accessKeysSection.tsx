import { KeyRound } from 'lucide-react';
import type { AdminSection } from '../AdminSection.ts';
import { AccessKeysPage } from './AccessKeysPage.tsx';

export const accessKeysSection: AdminSection = {
  path: 'access-keys',
  icon: <KeyRound />,
  labelKey: 'admin.sections.accessKeys',
  group: 'doors',
  isOfNoBrand: true,
  roles: ['operator', 'auditor'],
  Page: AccessKeysPage,
};

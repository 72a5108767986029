import { FileKey2 } from 'lucide-react';
import { adminRoles } from '../../session/index.ts';
import type { AdminSection } from '../AdminSection.ts';
import { SigningKeysPage } from './SigningKeysPage.tsx';

export const signingKeysSection: AdminSection = {
  path: 'signing-keys',
  icon: <FileKey2 />,
  labelKey: 'admin.sections.signingKeys',
  group: 'doors',
  roles: adminRoles,
  Page: SigningKeysPage,
};

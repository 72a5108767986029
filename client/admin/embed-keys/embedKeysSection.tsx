import { CodeXml } from 'lucide-react';
import { adminRoles } from '../../session/index.ts';
import type { AdminSection } from '../AdminSection.ts';
import { EmbedKeysPage } from './EmbedKeysPage.tsx';

export const embedKeysSection: AdminSection = {
  path: 'embed-keys',
  icon: <CodeXml />,
  labelKey: 'admin.sections.embedKeys',
  group: 'doors',
  roles: adminRoles,
  Page: EmbedKeysPage,
};

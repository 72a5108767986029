import { Webhook } from 'lucide-react';
import type { AdminSection } from '../AdminSection.ts';
import { WebhooksPage } from './WebhooksPage.tsx';

export const webhooksSection: AdminSection = {
  path: 'webhooks',
  icon: <Webhook />,
  labelKey: 'admin.sections.webhooks',
  group: 'record',
  isOfNoBrand: true,
  roles: ['operator', 'auditor'],
  Page: WebhooksPage,
};

import type { AdminSection } from './AdminSection.ts';
import { accessKeysSection } from './access-keys/index.ts';
import { auditSection } from './audit/index.ts';
import { brandsSection } from './brands/index.ts';
import { callsSection } from './calls/index.ts';
import { embedKeysSection } from './embed-keys/index.ts';
import { explainSection } from './explain/index.ts';
import { gatewaysSection } from './gateways/index.ts';
import { groupsSection } from './groups/index.ts';
import { liveSection } from './live/index.ts';
import { numbersSection } from './numbers/index.ts';
import { ratesSection } from './rates/index.ts';
import { routesSection } from './routes/index.ts';
import { rulesSection } from './rules/index.ts';
import { signingKeysSection } from './signing-keys/index.ts';
import { usersSection } from './users/index.ts';
import { webhooksSection } from './webhooks/index.ts';

/** All pages, in the order of the navigation. A new page adds its entry here and nothing elsewhere. */
export const sections: readonly AdminSection[] = [
  usersSection,
  groupsSection,
  rulesSection,
  ratesSection,
  explainSection,
  liveSection,
  gatewaysSection,
  routesSection,
  numbersSection,
  brandsSection,
  embedKeysSection,
  signingKeysSection,
  accessKeysSection,
  callsSection,
  webhooksSection,
  auditSection,
];

import type { AdminSection } from './AdminSection.ts';
import { explainSection } from './explain/index.ts';
import { groupsSection } from './groups/index.ts';
import { usersSection } from './users/index.ts';

/** All pages, in the order of the navigation. A new page adds its entry here and nothing elsewhere. */
export const sections: readonly AdminSection[] = [usersSection, groupsSection, explainSection];

import type { ComponentType, ReactNode } from 'react';
import type { AdminRole } from '../session/index.ts';

export type SectionGroup = 'people' | 'calls' | 'network' | 'brands' | 'doors' | 'record';

/** One entry of the navigation, with the pages below it. */
export interface AdminSection {
  /** Below `/admin/`; everything below that belongs to the section's `Page`. */
  readonly path: string;
  readonly icon: ReactNode;
  readonly labelKey:
    | 'admin.sections.live'
    | 'admin.sections.users'
    | 'admin.sections.groups'
    | 'admin.sections.rules'
    | 'admin.sections.rates'
    | 'admin.sections.gateways'
    | 'admin.sections.routes'
    | 'admin.sections.numbers'
    | 'admin.sections.explain'
    | 'admin.sections.brands'
    | 'admin.sections.embedKeys'
    | 'admin.sections.signingKeys'
    | 'admin.sections.accessKeys'
    | 'admin.sections.calls'
    | 'admin.sections.webhooks'
    | 'admin.sections.audit';
  readonly group: SectionGroup;
  readonly roles: readonly AdminRole[];
  /** Is about what is of no brand in particular: not for people of one brand. */
  readonly isOfNoBrand?: boolean;
  /** Has `<Routes>` of its own where it has more than one address. */
  readonly Page: ComponentType;
}

import { type AdminRole, isAdminRole, useGrant } from '../session/index.ts';
import type { EntityKind } from './api/index.ts';

/** What a brand manager may write, of their own brand. The bridge decides; this only leaves out what it would refuse. */
const managed: ReadonlySet<EntityKind> = new Set(['users', 'groups', 'rules', 'brands', 'embedKeys', 'signingKeys']);

export interface Access {
  readonly role: AdminRole;
  /** The only brand that a brand manager may write in; null: any. */
  readonly ownBrandId: string | null;
  readonly canEdit: (kind: EntityKind) => boolean;
}

/** What the signed-in person may do on these pages. */
export function useAccess(): Access {
  const { user, brand } = useGrant();
  const role = isAdminRole(user.role) ? user.role : 'auditor';
  return {
    role,
    // A brand manager signs in under no other brand than their own.
    ownBrandId: role === 'brandManager' ? brand.id : null,
    canEdit: (kind) => role === 'operator' || (role === 'brandManager' && managed.has(kind)),
  };
}

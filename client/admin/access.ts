import { type AdminRole, isAdminRole, useGrant } from '../session/index.ts';
import type { EntityKind } from './api/index.ts';

/** What a brand manager may make and delete, of their own brand. The bridge decides; this only leaves out what it would refuse. */
const made: ReadonlySet<EntityKind> = new Set(['users', 'groups', 'rules', 'brands', 'embedKeys', 'signingKeys']);
/** What they may change besides. */
const changed: ReadonlySet<EntityKind> = new Set(['numbers']);

/** What of an entity decides who may edit it. */
export interface Owned {
  readonly brandId?: string | null;
  readonly role?: string;
  readonly from?: { readonly brands?: readonly string[] | undefined } | undefined;
}

export interface Access {
  readonly role: AdminRole;
  /** The only brand that a brand manager may write in; null: any. */
  readonly ownBrandId: string | null;
  /** What is of no brand in particular can't be seen. */
  readonly isOfOneBrand: boolean;
  /** Whether entities of this kind may be made; with an entity, whether that one may be changed. */
  readonly canEdit: (kind: EntityKind, entity?: Owned | null) => boolean;
}

/** What the signed-in person may do on these pages. */
export function useAccess(): Access {
  const { user, brand } = useGrant();
  const role = isAdminRole(user.role) ? user.role : 'auditor';
  const ownBrandId = role === 'brandManager' ? (user.brandId ?? brand.id) : null;
  return {
    role,
    ownBrandId,
    isOfOneBrand: role === 'brandManager' || (role === 'auditor' && (user.brandId ?? null) !== null),
    canEdit: (kind, entity) => {
      if (ownBrandId === null) return role === 'operator';
      if (!entity) return made.has(kind);
      return (made.has(kind) || changed.has(kind)) && isManaged(kind, entity, ownBrandId);
    },
  };
}

/** What operators made for every brand, and operators themselves, a brand manager may only look at. */
function isManaged(kind: EntityKind, { brandId, role, from }: Owned, ownBrandId: string): boolean {
  if (kind === 'rules') return from?.brands?.length === 1 && from.brands[0] === ownBrandId;
  if (kind === 'brands') return true;
  return brandId === ownBrandId && role !== 'operator';
}

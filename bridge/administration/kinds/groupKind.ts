import type { z } from 'zod';
import type { Group, groupDraftSchema } from '../../../shared/admin/index.ts';
import type { GroupId } from '../../../shared/domain/index.ts';
import { isOwn } from '../editing/Actor.ts';
import type { EntityKind, EntityStore } from '../editing/EntityKind.ts';
import type { References } from '../editing/References.ts';
import type { Uses } from '../editing/Uses.ts';

/** What a new group gets besides its id, and what a change may change. */
export type GroupWrite = z.output<typeof groupDraftSchema> & { readonly id?: GroupId };

export interface GroupKindDeps {
  readonly store: EntityStore<Group, GroupWrite>;
  readonly references: References;
  readonly uses: Uses;
  readonly newId: () => string;
}

/** Groups of users. Those of no brand are the operators', and everybody sees that they are there. */
export function groupKind({ store, references, uses, newId }: GroupKindDeps): EntityKind<Group, GroupWrite, Group> {
  return {
    kind: 'group',
    store,
    brandOf: ({ brandId }) => brandId,
    canRead: (actor, { brandId }) => brandId === null || isOwn(actor, brandId),
    sortKeyOf: ({ name, id }) => [name.toLowerCase(), id],
    textsOf: ({ id, name }) => [id, name],
    newId: ({ id }) => id ?? (newId() as Group['id']),
    make: (write, stamp) => ({ ...write, ...stamp }),
    findProblems: ({ brandId }) => references.brand('brandId', brandId),
    demandPossible: async ({ before, after }) => {
      if (before === null) return;
      if (after === null) await uses.demandGroupUnused(before.id);
      // Whoever is of another brand could not stay in it.
      else if (after.brandId !== null && after.brandId !== before.brandId) {
        await uses.demandGroupUnused(before.id, after.brandId);
      }
    },
    toView: (group) => group,
  };
}

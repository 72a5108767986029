import type { NumberDestination, NumberDraft, NumberEntry } from '../../../shared/admin/index.ts';
import type { SettingProblem } from '../../../shared/errors/index.ts';
import type { User } from '../../front-end-server/index.ts';
import type { Actor } from '../editing/Actor.ts';
import type { EntityKind, EntityStore } from '../editing/EntityKind.ts';
import type { References } from '../editing/References.ts';

export type NumberWrite = NumberDraft & { readonly id?: NumberEntry['id'] };

export interface NumberKindDeps {
  readonly store: EntityStore<NumberEntry, NumberWrite>;
  readonly findUser: (userName: string) => Promise<User | undefined>;
  readonly references: References;
  readonly onChanged: () => Promise<void>;
}

/** Numbers at which people are called. Operators hand them out; a brand's manager says who is rung at those of the brand. */
export function numberKind(deps: NumberKindDeps): EntityKind<NumberEntry, NumberWrite, NumberEntry> {
  const { store, references, onChanged } = deps;
  return {
    kind: 'number',
    store,
    brandOf: ({ brandId }) => brandId,
    sortKeyOf: ({ id }) => [id, id],
    textsOf: ({ id, name, destination, otherwise }) => [
      id,
      name ?? '',
      ...textsOf(destination),
      ...(otherwise ? textsOf(otherwise.destination) : []),
    ],
    newId: ({ id }) => id ?? ('' as NumberEntry['id']),
    make: (write, stamp) => ({ ...write, id: stamp.id, revision: stamp.revision, updatedAtMs: stamp.updatedAtMs }),
    findProblems: async (number, { actor }) => [
      ...(await references.brand('brandId', number.brandId)),
      ...(await findBadDestination(deps, { at: 'destination', destination: number.destination, number, actor })),
      ...(number.otherwise
        ? await findBadDestination(deps, {
            at: 'otherwise.destination',
            destination: number.otherwise.destination,
            number,
            actor,
          })
        : []),
    ],
    toView: (number) => number,
    onChanged,
  };
}

interface Place {
  readonly at: string;
  readonly destination: NumberDestination;
  readonly number: NumberEntry;
  readonly actor: Actor;
}

async function findBadDestination(
  { references, findUser }: NumberKindDeps,
  { at, destination, number, actor }: Place,
): Promise<readonly SettingProblem[]> {
  if (destination.kind === 'group') {
    return references.groups(() => `${at}.groupId`, [destination.groupId], { of: number.brandId });
  }
  const user = await findUser(destination.userName);
  const key = `${at}.userName`;
  if (user === undefined)
    return [{ key, expected: `expected a user, and there is none named ${destination.userName}` }];
  // Somebody without a brand of their own may call more than the brand may: no manager lends their rights.
  const isOfBrand = user.brandId === number.brandId || (user.brandId === null && actor.brandId === null);
  return isOfBrand ? [] : [{ key, expected: `expected a user of the brand ${number.brandId}` }];
}

function textsOf(destination: NumberDestination): readonly string[] {
  switch (destination.kind) {
    case 'user':
      return [destination.userName];
    case 'group':
      return [destination.groupId];
    case 'telephone':
      return [destination.number, destination.userName];
  }
}

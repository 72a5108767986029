import { isDeepStrictEqual } from 'node:util';
import type { BrandDraft, BrandSettings } from '../../../shared/admin/index.ts';
import type { SettingProblem } from '../../../shared/errors/index.ts';
import { isOwn } from '../editing/Actor.ts';
import type { EntityKind, EntityStore } from '../editing/EntityKind.ts';
import type { References } from '../editing/References.ts';
import type { Uses } from '../editing/Uses.ts';

export type BrandWrite = BrandDraft & { readonly id?: BrandSettings['id'] };

export interface BrandKindDeps {
  readonly store: EntityStore<BrandSettings, BrandWrite>;
  readonly references: References;
  readonly uses: Uses;
  /** @throws DialbridgeError `invalidSetting` for what can't be read, for host names of others, for unknown countries and files */
  readonly check: (brand: BrandSettings, all: readonly BrandSettings[]) => Promise<void> | void;
  readonly newId: () => string;
  readonly onChanged: () => Promise<void>;
}

/** What only operators change: it costs money or takes from other brands. */
const operatorsKeys = ['hostNames', 'callerNumbers', 'emergency'] as const;

/** Brands. A brand's manager paints and words it; new ones, and what concerns others, are the operators'. */
export function brandKind(deps: BrandKindDeps): EntityKind<BrandSettings, BrandWrite, BrandSettings> {
  const { store, references, uses, check, newId, onChanged } = deps;
  return {
    kind: 'brand',
    store,
    brandOf: ({ id }) => id,
    canEdit: (actor, { id }) => isOwn(actor, id),
    sortKeyOf: ({ name, id }) => [name.toLowerCase(), id],
    textsOf: ({ id, name, hostNames }) => [id, name, ...hostNames],
    newId: ({ id }) => id ?? (newId() as BrandSettings['id']),
    make: (write, stamp) => ({ ...write, ...stamp }),
    findProblems: async (brand, { actor, before }) => [
      ...(actor.role === 'operator' ? [] : findOperatorsChanges(brand, before)),
      ...(brand.emergency.mode === 'route'
        ? await references.gateways('emergency.gatewayIds', brand.emergency.gatewayIds)
        : []),
    ],
    demandPossible: async ({ before, after }) => {
      if (after !== null) await check(after, await store.list());
      else if (before !== null) await uses.demandBrandUnused(before.id);
    },
    toView: (brand) => brand,
    onChanged,
  };
}

function findOperatorsChanges(after: BrandSettings, before: BrandSettings | null): readonly SettingProblem[] {
  return operatorsKeys
    .filter((key) => !isDeepStrictEqual(after[key], before?.[key]))
    .map((key) => ({ key, expected: 'expected no change, since only operators change this' }));
}

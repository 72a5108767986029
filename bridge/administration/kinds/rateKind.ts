import type { Rate, RateDraft } from '../../../shared/admin/index.ts';
import type { EntityKind, EntityStore } from '../editing/EntityKind.ts';

export type RateWrite = RateDraft & { readonly id?: Rate['id'] };

export interface RateKindDeps {
  readonly store: EntityStore<Rate, RateWrite>;
  readonly onChanged: () => Promise<void>;
}

/** What calls cost. One table for all brands: every administrator reads it, operators edit it. */
export function rateKind({ store, onChanged }: RateKindDeps): EntityKind<Rate, RateWrite, Rate> {
  return {
    kind: 'rate',
    store,
    brandOf: () => null,
    canRead: () => true,
    canEdit: () => false,
    // As a telephone book of prefixes: +1, +1202, +44.
    sortKeyOf: ({ id }) => [id, id],
    textsOf: ({ id, name }) => [id, name ?? ''],
    newId: ({ id }) => id ?? '',
    make: (write, stamp) => ({ ...write, ...stamp }),
    findProblems: async () => [],
    toView: (rate) => rate,
    onChanged,
  };
}

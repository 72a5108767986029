import type { EmbedKey, EmbedKeyDraft } from '../../../shared/admin/index.ts';
import type { EntityKind, EntityStore } from '../editing/EntityKind.ts';
import type { References } from '../editing/References.ts';
import type { Uses } from '../editing/Uses.ts';
import { findHighRiskDestinations } from './findHighRisk.ts';

export interface EmbedKeyKindDeps {
  readonly store: EntityStore<EmbedKey, EmbedKeyDraft>;
  readonly references: References;
  readonly uses: Uses;
  readonly randomBytes: (size: number) => Uint8Array;
  /** Whether a number (E.164) is premium-rate, satellite or of an international network. */
  readonly isHighRisk: (e164: string) => boolean;
  readonly onChanged: () => Promise<void>;
}

/** Publishable keys for pages. The id is the key. */
export function embedKeyKind({
  store,
  references,
  uses,
  randomBytes,
  isHighRisk,
  onChanged,
}: EmbedKeyKindDeps): EntityKind<EmbedKey, EmbedKeyDraft, EmbedKey> {
  return {
    kind: 'embedKey',
    store,
    brandOf: ({ brandId }) => brandId,
    sortKeyOf: ({ name, id }) => [name.toLowerCase(), id],
    textsOf: ({ id, name, origins, destinations }) => [
      id,
      name,
      ...origins,
      ...destinations.flatMap(({ number, label }) => [number, label ?? '']),
    ],
    // It is public, and its origins guard it; yet nobody should come upon one by counting.
    newId: () => `pk_${Buffer.from(randomBytes(18)).toString('base64url')}` as EmbedKey['id'],
    make: (draft, stamp, present) => ({ ...draft, createdAtMs: present?.createdAtMs ?? stamp.updatedAtMs, ...stamp }),
    findProblems: async (embedKey, { actor, before }) => {
      const { brandId, callerNumber } = embedKey;
      return [
        ...(await references.brand('brandId', brandId)),
        ...(await references.callerNumbers(() => 'callerNumber', callerNumber === null ? [] : [callerNumber], {
          actor,
          present: before?.callerNumber ? [before.callerNumber] : [],
        })),
        ...findHighRiskDestinations(actor, embedKey, { before, isHighRisk }),
      ];
    },
    demandPossible: async ({ before, after }) => {
      // A rule that names it may be meant for its brand alone.
      const isGone = before !== null && (after === null || after.brandId !== before.brandId);
      if (isGone) await uses.demandEmbedKeyUnused(before.id);
    },
    toView: (embedKey) => embedKey,
    onChanged,
  };
}

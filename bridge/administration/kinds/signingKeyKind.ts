import type { SigningKeyView, SigningKeyWrite } from '../../../shared/admin/index.ts';
import type { SettingProblem } from '../../../shared/errors/index.ts';
import { type SigningKey, type SigningKeyMaterial, toSigningKeyView } from '../../front-end-server/index.ts';
import { blanked } from '../editing/AuditTrail.ts';
import type { EntityKind, EntityStore } from '../editing/EntityKind.ts';
import type { References } from '../editing/References.ts';

/** `material` is set for a new key, and where a changed one gets another public key. */
export interface SigningKeyChange {
  readonly draft: Omit<SigningKeyWrite, 'publicKey'>;
  readonly material: SigningKeyMaterial | null;
}

export interface SigningKeyKindDeps {
  readonly store: EntityStore<SigningKey, SigningKeyChange>;
  readonly references: References;
  readonly newId: () => string;
  readonly onChanged: () => Promise<void>;
}

/** Keys by which host applications sign for their users. Groups that only operators give away stay theirs here, too. */
export function signingKeyKind({
  store,
  references,
  newId,
  onChanged,
}: SigningKeyKindDeps): EntityKind<SigningKey, SigningKeyChange, SigningKeyView> {
  return {
    kind: 'signingKey',
    store,
    brandOf: ({ brandId }) => brandId,
    sortKeyOf: ({ name, id }) => [name.toLowerCase(), id],
    textsOf: ({ id, name, issuer, audience, origins }) => [id, name, issuer, audience, ...origins],
    newId: () => newId() as SigningKey['id'],
    make: ({ draft, material }, stamp, present) => ({
      ...draft,
      publicKey: (material ?? present)?.publicKey ?? null,
      secret: (material ?? present)?.secret ?? null,
      createdAtMs: present?.createdAtMs ?? stamp.updatedAtMs,
      lastUsedAtMs: present?.lastUsedAtMs ?? null,
      ...stamp,
    }),
    findProblems: async (key, { actor, before }) => [
      ...findOtherAlgorithm(key, before),
      ...(await references.brand('brandId', key.brandId)),
      ...(await references.groups('groups', key.groups, { of: key.brandId, actor, present: before?.groups ?? [] })),
    ],
    toView: toSigningKeyView,
    toAudit: (key) => ({ ...toSigningKeyView(key), secret: key.secret === null ? null : blanked }),
    onChanged,
  };
}

/** A token may be checked by one algorithm only, or a public key could be taken for a secret (RFC 8725 section 3.1). */
function findOtherAlgorithm(key: SigningKey, before: SigningKey | null): readonly SettingProblem[] {
  return before === null || key.algorithm === before.algorithm
    ? []
    : [{ key: 'algorithm', expected: `expected ${before.algorithm}, as it was: make another key instead` }];
}

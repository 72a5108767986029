import type { SigningKeyView } from '../../../shared/admin/index.ts';

/** Protected header of a token that is signed with this key (RFC 7515 section 4.1). */
export function exampleHeader({ algorithm, id }: Pick<SigningKeyView, 'algorithm' | 'id'>) {
  return { alg: algorithm, typ: 'JWT', kid: id };
}

type Named = Pick<SigningKeyView, 'issuer' | 'audience' | 'brandId' | 'groups' | 'maxLifetimeMs'>;

/** Claims of a token for one user of the host application, that this key's bounds allow. Times are seconds (RFC 7519 section 2). */
export function exampleClaims({ issuer, audience, brandId, groups, maxLifetimeMs }: Named, nowSeconds: number) {
  const lifetimeSeconds = Math.min(600, Math.floor(maxLifetimeMs / 1000));
  return {
    iss: issuer,
    aud: audience,
    sub: 'user-4711',
    iat: nowSeconds,
    exp: nowSeconds + lifetimeSeconds,
    brand: brandId,
    name: 'Ada Example',
    userName: 'ada',
    grants: { groups: groups.slice(0, 1), destinations: ['+1'] },
  };
}

import { createHash } from 'node:crypto';
import { type BrandId, type UserId, userIdSchema } from '../../../shared/domain/index.ts';

/** Accounts have UUIDs, in which there is no colon. */
const prefix = 'host:';

/**
 * The same for every token of a person, so that their history stays theirs; another under each brand, since each brand's
 * manager may register whatever issuer.
 */
export function hostUserId(brand: BrandId, issuer: string, sub: string): UserId {
  const hash = createHash('sha256')
    .update(JSON.stringify([brand, issuer, sub]))
    .digest('base64url');
  return userIdSchema.parse(`${prefix}${hash}`);
}

export function isHostUser(id: UserId): boolean {
  return id.startsWith(prefix);
}

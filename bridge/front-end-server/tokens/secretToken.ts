import { createHash } from 'node:crypto';

/** 256 bits as base64url. */
export function newSecret(randomBytes: (size: number) => Uint8Array): string {
  return Buffer.from(randomBytes(32)).toString('base64url');
}

/** How a secret is kept: SHA-256 is enough for 256 random bits, and can't be turned back. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

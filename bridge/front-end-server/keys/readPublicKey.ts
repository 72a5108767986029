import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import type { SigningKeyDraft } from '../../../shared/admin/index.ts';

export type PublicKeyAlgorithm = Exclude<SigningKeyDraft['algorithm'], 'HS256'>;

/** A public key that fits the algorithm, or a sentence that says what was expected instead. */
export type ReadPublicKey = { readonly key: KeyObject } | { readonly expected: string };

/** Reads what somebody registers: PEM (SPKI) or a JWK in JSON. Refuses private keys, which should never have left their owner. */
export function readPublicKey(text: string, algorithm: PublicKeyAlgorithm): ReadPublicKey {
  const isJson = text.trim().startsWith('{');
  if (isJson ? /"(d|k)"\s*:/.test(text) : text.includes('PRIVATE KEY')) {
    return { expected: 'expected the public key alone; this is a private one, which should be replaced now' };
  }
  try {
    const key = isJson
      ? createPublicKey({ key: JSON.parse(text) as JsonWebKey, format: 'jwk' })
      : createPublicKey({ key: text.trim(), format: 'pem' });
    return fits(key, algorithm) ? { key } : { expected: `expected a key for ${algorithm} (${curves[algorithm]})` };
  } catch {
    return { expected: 'expected a public key as PEM (-----BEGIN PUBLIC KEY-----) or as JWK in JSON' };
  }
}

export function toPem(key: KeyObject): string {
  return key.export({ type: 'spki', format: 'pem' }).toString();
}

/** RFC 8037 section 3.1 and RFC 7518 section 3.4. */
const curves = { EdDSA: 'Ed25519', ES256: 'P-256' } as const satisfies Record<PublicKeyAlgorithm, string>;

function fits(key: KeyObject, algorithm: PublicKeyAlgorithm): boolean {
  return algorithm === 'EdDSA'
    ? key.asymmetricKeyType === 'ed25519'
    : key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === 'prime256v1';
}

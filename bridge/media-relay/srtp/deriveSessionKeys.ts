import { createCipheriv } from 'node:crypto';
import { type SrtpKey, srtpSuites } from './suites.ts';

/** What packets of one kind are protected with. `authenticationKey` is empty in suites that authenticate by the cipher itself. */
export interface SessionKeys {
  readonly cipherKey: Buffer;
  readonly salt: Buffer;
  readonly authenticationKey: Buffer;
}

/** Labels of RFC 3711 section 4.3.1 and 4.3.2. */
const labels = {
  rtp: { cipherKey: 0, authenticationKey: 1, salt: 2 },
  rtcp: { cipherKey: 3, authenticationKey: 4, salt: 5 },
} as const;

/** Length in bytes of a key for HMAC-SHA1 (RFC 3711 section 5.2). */
const authenticationKeyLength = 20;

/**
 * The keys of a session out of its master key, at a key derivation rate of zero (RFC 3711 section 4.3; with keys of 256 bits
 * RFC 6188 section 2). A salt of 96 bits is filled up with zeros behind (RFC 7714 section 11).
 */
export function deriveSessionKeys(key: SrtpKey, use: 'rtp' | 'rtcp'): SessionKeys {
  const { kind, keyLength, saltLength } = srtpSuites[key.suite];
  const derive = (label: number, length: number): Buffer => {
    const start = Buffer.alloc(16);
    start.set(key.masterSalt);
    start[7] = (start[7] ?? 0) ^ label;
    return createCipheriv(`aes-${keyLength * 8}-ctr`, key.masterKey, start).update(Buffer.alloc(length));
  };
  const { cipherKey, authenticationKey, salt } = labels[use];
  return {
    cipherKey: derive(cipherKey, keyLength),
    salt: derive(salt, saltLength),
    authenticationKey: kind === 'gcm' ? Buffer.alloc(0) : derive(authenticationKey, authenticationKeyLength),
  };
}

/** Protection that both sides of a gateway's audio can agree on (RFC 4568 section 6.2, RFC 7714 section 14.2). */
export type SrtpSuiteName =
  | 'AES_CM_128_HMAC_SHA1_80'
  | 'AES_CM_128_HMAC_SHA1_32'
  | 'AEAD_AES_128_GCM'
  | 'AEAD_AES_256_GCM';

export interface SrtpSuite {
  readonly kind: 'counterMode' | 'gcm';
  /** Lengths in bytes, of the master key and salt as of the session's. */
  readonly keyLength: 16 | 32;
  readonly saltLength: 12 | 14;
  /** Length in bytes of what RTP packets end with. With RTCP it is never shortened (RFC 4568 section 6.2.2). */
  readonly rtpTagLength: 4 | 10 | 16;
}

/** In the order in which we offer them: first the one that every gateway with SDES knows. */
export const srtpSuites: Readonly<Record<SrtpSuiteName, SrtpSuite>> = {
  AES_CM_128_HMAC_SHA1_80: { kind: 'counterMode', keyLength: 16, saltLength: 14, rtpTagLength: 10 },
  AEAD_AES_256_GCM: { kind: 'gcm', keyLength: 32, saltLength: 12, rtpTagLength: 16 },
  AEAD_AES_128_GCM: { kind: 'gcm', keyLength: 16, saltLength: 12, rtpTagLength: 16 },
  AES_CM_128_HMAC_SHA1_32: { kind: 'counterMode', keyLength: 16, saltLength: 14, rtpTagLength: 4 },
};

export const srtpSuiteNames: readonly SrtpSuiteName[] = [
  'AES_CM_128_HMAC_SHA1_80',
  'AEAD_AES_256_GCM',
  'AEAD_AES_128_GCM',
  'AES_CM_128_HMAC_SHA1_32',
];

/** What one side sends with. Its lengths are those of the suite. */
export interface SrtpKey {
  readonly suite: SrtpSuiteName;
  readonly masterKey: Uint8Array;
  readonly masterSalt: Uint8Array;
  /** Length in bytes of the key's name that each packet carries (MKI, RFC 3711 section 3.1); 0: none. */
  readonly mkiLength: number;
}

export function isSameKey(one: SrtpKey | null, other: SrtpKey | null): boolean {
  if (one === null || other === null) return one === other;
  return (
    one.suite === other.suite &&
    one.mkiLength === other.mkiLength &&
    Buffer.compare(one.masterKey, other.masterKey) === 0 &&
    Buffer.compare(one.masterSalt, other.masterSalt) === 0
  );
}

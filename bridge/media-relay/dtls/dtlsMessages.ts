import type { SrtpKey } from '../srtp/index.ts';

/** Hash of a certificate, as descriptions have it (RFC 8122). */
export interface Fingerprint {
  readonly algorithm: string;
  readonly value: string;
}

export interface DtlsTerms {
  /** Which side we are: the client speaks first (RFC 5763 section 5). */
  readonly role: 'client' | 'server';
  /** The certificate that the other side has to have, or there are no keys. */
  readonly remote: Fingerprint;
}

export interface DtlsKeys {
  readonly sending: SrtpKey;
  readonly receiving: SrtpKey;
}

export type DtlsCommand =
  | { readonly type: 'open'; readonly id: number; readonly terms: DtlsTerms }
  | { readonly type: 'packet'; readonly id: number; readonly packet: Uint8Array }
  | { readonly type: 'close'; readonly id: number };

export type DtlsReport =
  | { readonly type: 'ready'; readonly fingerprint: Fingerprint }
  | { readonly type: 'send'; readonly id: number; readonly packet: Uint8Array }
  | { readonly type: 'keys'; readonly id: number; readonly keys: DtlsKeys }
  | { readonly type: 'failed'; readonly id: number; readonly message: string };

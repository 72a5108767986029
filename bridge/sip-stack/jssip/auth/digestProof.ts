import { createHash } from 'node:crypto';
import { readDigestParams } from './digest.ts';

/** What an Authorization header claims (RFC 7616 section 3.4). */
export interface DigestProof {
  readonly userName: string;
  readonly realm: string;
  readonly nonce: string;
  readonly uri: string;
  readonly response: string;
  readonly algorithm: 'SHA-256' | 'MD5';
  readonly clientNonce: string;
  /** How often the nonce was used, as it was written and as a number. */
  readonly countText: string;
  readonly count: number;
}

/** Null for anything that isn't a digest with `qop=auth`, which is what we ask for. */
export function readProof(value: string): DigestProof | null {
  const text = readDigestParams(value);
  if (text === null) return null;
  const algorithm = (text('algorithm') ?? 'MD5').toUpperCase();
  const [userName, realm, nonce, uri, response] = ['username', 'realm', 'nonce', 'uri', 'response'].map(text);
  const clientNonce = text('cnonce');
  const countText = text('nc') ?? '';
  if (algorithm !== 'SHA-256' && algorithm !== 'MD5') return null;
  if (text('qop')?.toLowerCase() !== 'auth' || !/^[0-9a-f]{8}$/i.test(countText)) return null;
  if (userName === undefined || realm === undefined || nonce === undefined || uri === undefined) return null;
  if (response === undefined || clientNonce === undefined) return null;
  return {
    ...{ userName, realm, nonce, uri, algorithm, clientNonce, countText },
    response: response.toLowerCase(),
    count: Number.parseInt(countText, 16),
  };
}

/** What `response` has to be for this password. */
export function digestResponse(
  proof: DigestProof,
  method: string,
  account: { userName: string; password: string },
): string {
  const name = proof.algorithm === 'MD5' ? 'md5' : 'sha256';
  const hash = (text: string) => createHash(name).update(text).digest('hex');
  const secret = hash(`${account.userName}:${proof.realm}:${account.password}`);
  const what = hash(`${method}:${proof.uri}`);
  return hash(`${secret}:${proof.nonce}:${proof.countText}:${proof.clientNonce}:auth:${what}`);
}

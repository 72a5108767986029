import { createHash } from 'node:crypto';
import { parseParams, type SipHeaders } from '../../message/index.ts';
import type { SipCredentials } from '../../port/index.ts';

/** A challenge that we can answer (RFC 3261 section 22, RFC 7616, RFC 8760). */
export interface DigestChallenge {
  /** Where the answer goes: Authorization for 401, Proxy-Authorization for 407. */
  readonly kind: 'server' | 'proxy';
  readonly realm: string;
  readonly nonce: string;
  readonly algorithm: DigestAlgorithm;
  /** Undefined where the challenge knows no qop (RFC 2069). */
  readonly qop?: 'auth' | 'auth-int';
  readonly opaque?: string;
  readonly isStale: boolean;
}

/** Stronger ones first: the first that both sides know is taken, whatever the order in the message. */
const ALGORITHMS = ['SHA-512-256', 'SHA-256', 'MD5'] as const;
export type DigestAlgorithm = (typeof ALGORITHMS)[number];

const HASHES: Readonly<Record<DigestAlgorithm, string>> = {
  'SHA-512-256': 'sha512-256',
  'SHA-256': 'sha256',
  MD5: 'md5',
};

/** The challenges of a 401 or 407 that we can answer: one per realm, with the strongest algorithm offered (RFC 8760 section 2.4). */
export function readChallenges(headers: SipHeaders): DigestChallenge[] {
  const found = [
    ...headers.all('WWW-Authenticate').map((value) => readChallenge('server', value)),
    ...headers.all('Proxy-Authenticate').map((value) => readChallenge('proxy', value)),
  ].filter((challenge) => challenge !== null);
  const best = new Map<string, DigestChallenge>();
  for (const challenge of found) {
    const key = `${challenge.kind} ${challenge.realm}`;
    const known = best.get(key);
    if (known === undefined || strength(challenge) < strength(known)) best.set(key, challenge);
  }
  return [...best.values()];
}

function strength(challenge: DigestChallenge): number {
  return ALGORITHMS.indexOf(challenge.algorithm);
}

function readChallenge(kind: 'server' | 'proxy', value: string): DigestChallenge | null {
  const text = readDigestParams(value);
  if (text === null) return null;
  const realm = text('realm');
  const nonce = text('nonce');
  const wanted = (text('algorithm') ?? 'MD5').toUpperCase();
  const algorithm = ALGORITHMS.find((known) => known === wanted);
  if (realm === undefined || nonce === undefined || algorithm === undefined) return null;
  const offered = text('qop')
    ?.split(',')
    .map((item) => item.trim().toLowerCase());
  const qop = offered?.includes('auth') ? 'auth' : offered?.includes('auth-int') ? 'auth-int' : undefined;
  if (offered !== undefined && qop === undefined) return null;
  const opaque = text('opaque');
  return {
    kind,
    realm,
    nonce,
    algorithm,
    ...(qop === undefined ? {} : { qop }),
    ...(opaque === undefined ? {} : { opaque }),
    isStale: text('stale')?.toLowerCase() === 'true',
  };
}

/** Reads `Digest a="1", b=2`; gives the values by name, unquoted. Null for another scheme or something unreadable. */
export function readDigestParams(value: string): ((name: string) => string | undefined) | null {
  const match = /^Digest\s+(.*)$/is.exec(value.trim());
  // Commas separate here what semicolons do elsewhere; those inside quotes stay.
  const params = match === null ? null : parseParams(semicolons(match[1] ?? ''));
  return params === null ? null : (name) => unquote(params.get(name) ?? undefined);
}

function semicolons(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|,/g, (part) => (part === ',' ? ';' : part));
}

function unquote(text: string | undefined): string | undefined {
  return text?.replace(/^"(.*)"$/s, '$1').replace(/\\(.)/gs, '$1');
}

export interface DigestAnswer {
  readonly challenge: DigestChallenge;
  readonly credentials: SipCredentials;
  readonly method: string;
  readonly uri: string;
  readonly body: string;
  /** How often this nonce was used, from 1. */
  readonly nonceCount: number;
  /** Fresh randomness. */
  readonly clientNonce: string;
}

/** The header that answers a challenge (RFC 7616 section 3.4). */
export function answerChallenge(answer: DigestAnswer): { name: string; value: string } {
  const { challenge, credentials, method, uri } = answer;
  const hash = (text: string) => createHash(HASHES[challenge.algorithm]).update(text).digest('hex');
  const count = answer.nonceCount.toString(16).padStart(8, '0');
  const userName = credentials.authUserName ?? credentials.userName;
  const secret = hash(`${userName}:${challenge.realm}:${credentials.password}`);
  const what = hash(challenge.qop === 'auth-int' ? `${method}:${uri}:${hash(answer.body)}` : `${method}:${uri}`);
  const response =
    challenge.qop === undefined
      ? hash(`${secret}:${challenge.nonce}:${what}`)
      : hash(`${secret}:${challenge.nonce}:${count}:${answer.clientNonce}:${challenge.qop}:${what}`);
  const quoted = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`;
  const parts = [
    `username=${quoted(userName)}`,
    `realm=${quoted(challenge.realm)}`,
    `nonce=${quoted(challenge.nonce)}`,
    `uri=${quoted(uri)}`,
    `response="${response}"`,
    `algorithm=${challenge.algorithm}`,
  ];
  if (challenge.opaque !== undefined) parts.push(`opaque=${quoted(challenge.opaque)}`);
  if (challenge.qop !== undefined) parts.push(`qop=${challenge.qop}`, `nc=${count}`, `cnonce="${answer.clientNonce}"`);
  return {
    name: challenge.kind === 'server' ? 'Authorization' : 'Proxy-Authorization',
    value: `Digest ${parts.join(', ')}`,
  };
}

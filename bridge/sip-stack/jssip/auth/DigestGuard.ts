import { createHmac, timingSafeEqual } from 'node:crypto';
import { parseUri, type SipRequest, uriUser } from '../../message/index.ts';
import { type DigestProof, digestResponse, readProof } from './digestProof.ts';

interface DigestGuardDeps {
  /** Key of the nonces, 32 octets: whoever knows it can make them. */
  readonly secret: Uint8Array;
  /** A token that was never used before. */
  readonly token: () => string;
  readonly now: () => number;
}

export type Verdict<T> =
  | { readonly kind: 'proven'; readonly account: T }
  /** Nothing, something too old, or something used before: to be asked (again). */
  | { readonly kind: 'ask'; readonly isStale: boolean }
  | { readonly kind: 'wrong' };

interface Account {
  readonly userName: string;
  readonly password: string;
}

const REALM = 'dialbridge';
const NONCE_LIFE_MS = 5 * 60_000;
/** Nonces whose counts are kept; older ones are no longer taken. Only who proves itself is kept at all. */
const MAX_KEPT = 10_000;
const NO_ACCOUNT: Account = { userName: '', password: '' };

/**
 * Asks callers for a digest, and checks it (RFC 3261 section 22.4, RFC 7616, RFC 8760). A nonce proves by itself that it is ours
 * and when and for whom it was made, so that nothing is kept for whoever doesn't answer.
 */
export class DigestGuard {
  readonly #deps: DigestGuardDeps;
  /** Highest count of each nonce that somebody has proven itself with; the oldest first. */
  readonly #counts = new Map<string, { count: number; readonly expiresAtMs: number }>();

  constructor(deps: DigestGuardDeps) {
    this.#deps = deps;
  }

  /** WWW-Authenticate headers, the stronger algorithm first (RFC 8760 section 2.3). */
  challenge(address: string, isStale: boolean): [name: string, value: string][] {
    const nonce = this.#makeNonce(address);
    return ['SHA-256', 'MD5'].map((algorithm) => [
      'WWW-Authenticate',
      `Digest realm="${REALM}", nonce="${nonce}", qop="auth", algorithm=${algorithm}${isStale ? ', stale=true' : ''}`,
    ]);
  }

  /** `accounts` are those with a user name. */
  check<T>(
    request: SipRequest,
    source: { readonly address: string },
    accounts: (userName: string) => readonly { readonly account: Account; readonly value: T }[],
  ): Verdict<T> {
    const proof = request.headers
      .all('Authorization')
      .map((value) => readProof(value))
      .find((one) => one?.realm === REALM);
    if (proof === undefined || proof === null) return { kind: 'ask', isStale: false };
    const age = this.#ageOf(proof.nonce, source.address);
    if (age === null) return { kind: 'ask', isStale: false };
    const candidates = accounts(proof.userName);
    // Somebody unknown takes as long as a wrong password.
    const [right] = (candidates.length === 0 ? [null] : candidates).filter((candidate) =>
      isRight(proof, request, candidate?.account ?? NO_ACCOUNT),
    );
    if (right === undefined || right === null || !isForThis(proof, request)) return { kind: 'wrong' };
    if (age >= NONCE_LIFE_MS || !this.#isNew(proof)) return { kind: 'ask', isStale: true };
    return { kind: 'proven', account: right.value };
  }

  /** Remembers the count; false when it, or a higher one, was seen before (RFC 7616 section 3.4: a replay). */
  #isNew({ nonce, count }: DigestProof): boolean {
    const now = this.#deps.now();
    for (const [oldest, { expiresAtMs }] of this.#counts) {
      if (expiresAtMs > now && this.#counts.size < MAX_KEPT) break;
      this.#counts.delete(oldest);
    }
    const known = this.#counts.get(nonce);
    if (known !== undefined && count <= known.count) return false;
    this.#counts.set(nonce, { count, expiresAtMs: known?.expiresAtMs ?? now + NONCE_LIFE_MS });
    return true;
  }

  #makeNonce(address: string): string {
    const made = `${this.#deps.now().toString(36)}.${this.#deps.token().slice(0, 16)}`;
    return `${made}.${this.#sign(made, address)}`;
  }

  /** In milliseconds; null for a nonce that isn't ours, or that somebody else was given. */
  #ageOf(nonce: string, address: string): number | null {
    const match = /^(([0-9a-z]{1,11})\.[0-9a-f]{16})\.([\w-]{22})$/.exec(nonce);
    const [, made = '', time = '', signature = ''] = match ?? [];
    if (match === null || !isSame(signature, this.#sign(made, address))) return null;
    return this.#deps.now() - Number.parseInt(time, 36);
  }

  #sign(made: string, address: string): string {
    return createHmac('sha256', this.#deps.secret).update(`${made} ${address}`).digest('base64url').slice(0, 22);
  }
}

function isRight(proof: DigestProof, request: SipRequest, account: Account): boolean {
  return isSame(proof.response, digestResponse(proof, request.method, account));
}

/** A digest for one number is none for another; hosts may be rewritten on the way. */
function isForThis(proof: DigestProof, request: SipRequest): boolean {
  if (proof.uri === request.uri) return true;
  const [meant, asked] = [parseUri(proof.uri), parseUri(request.uri)];
  return meant !== null && asked !== null && uriUser(meant) === uriUser(asked);
}

/** In a time that doesn't tell where they differ. */
function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

import { decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from 'jose';
import { type HostTokenClaims, hostTokenClaimsSchema, plainText } from '../../../shared/admin/index.ts';
import type { BrandId, SigningKeyId } from '../../../shared/domain/index.ts';
import { DialbridgeError } from '../../../shared/errors/index.ts';
import type { SignedInUser } from '../../../shared/protocol/index.ts';
import type { Clock } from '../../observability/index.ts';
import type { Users } from '../accounts/Users.ts';
import type { Entry } from '../tokens/entry.ts';
import { hostUserId } from './hostUserId.ts';
import type { SigningKey } from './SigningKey.ts';
import type { SigningKeys } from './SigningKeys.ts';

export interface HostTokensDeps {
  readonly signingKeys: Pick<SigningKeys, 'get' | 'verifierOf' | 'noteUse'>;
  readonly users: Pick<Users, 'findByName'>;
  readonly clock: Pick<Clock, 'now'>;
}

/** What a good token says. */
export interface HostAccess {
  readonly user: SignedInUser;
  readonly brandId: BrandId;
  readonly entry: Entry & { readonly kind: 'hostToken' };
  readonly key: SigningKey;
  /** Milliseconds since the epoch. */
  readonly issuedAtMs: number;
  /** Milliseconds since the epoch. */
  readonly expiresAtMs: number;
}

/** How far a host application's clock may be ahead of ours, in seconds. Nothing is given on `exp`. */
const clockToleranceSeconds = 60;

/** Checks the tokens by which a host application lets its own users in: JWT (RFC 7519) by a registered key. */
export class HostTokens {
  readonly #deps: HostTokensDeps;

  constructor(deps: HostTokensDeps) {
    this.#deps = deps;
  }

  /** @throws DialbridgeError `tokenInvalid` whose `detail` says to the people who made the token what is wrong with it */
  async verify(token: string): Promise<HostAccess> {
    const key = this.#findKey(token);
    const payload = await this.#verifySignature(token, key);
    const { iat, exp } = readTimes(payload, key, this.#deps.clock.now() / 1000);
    const claims = readClaims(payload, key);
    const sub = readSubject(payload);
    const userName = claims.userName ?? sub;
    await this.#demandOwnName(userName, claims.brand);
    this.#deps.signingKeys.noteUse(key);
    return {
      user: { id: hostUserId(claims.brand, key.issuer, sub), userName, displayName: claims.name, role: 'user' },
      brandId: claims.brand,
      entry: {
        kind: 'hostToken',
        signingKeyId: key.id,
        groups: claims.grants.groups,
        destinations: claims.grants.destinations ?? null,
        callerNumbers: claims.grants.callerNumbers ?? null,
      },
      key,
      issuedAtMs: iat * 1000,
      expiresAtMs: Math.floor(exp) * 1000,
    };
  }

  #findKey(token: string): SigningKey {
    let kid: unknown;
    try {
      ({ kid } = decodeProtectedHeader(token));
    } catch (error) {
      throw invalid('it is not a JWT', error);
    }
    if (typeof kid !== 'string' || kid === '') throw invalid('its header names no key: kid is missing');
    const key = this.#deps.signingKeys.get(kid as SigningKeyId);
    if (key === undefined) throw invalid('its key (kid) is not registered');
    if (!key.isEnabled) throw invalid('its key is switched off');
    return key;
  }

  async #verifySignature(token: string, key: SigningKey): Promise<JWTPayload> {
    try {
      const { payload } = await jwtVerify(token, this.#deps.signingKeys.verifierOf(key), {
        // The key's own and no other (RFC 8725 section 3.1): a public key must never be taken for a shared secret.
        algorithms: [key.algorithm],
        issuer: key.issuer,
        audience: key.audience,
        currentDate: new Date(this.#deps.clock.now()),
        clockTolerance: clockToleranceSeconds,
        requiredClaims: ['sub', 'iat', 'exp'],
      });
      return payload;
    } catch (error) {
      throw invalid(explain(error, key), error);
    }
  }

  /** Rules go by names: a token must not speak for an account that its brand has no say over. */
  async #demandOwnName(userName: string, brand: BrandId): Promise<void> {
    const account = await this.#deps.users.findByName(userName);
    if (account !== undefined && account.brandId !== brand) {
      throw invalid(`the user name ${userName} belongs to an account here; the claim userName can give another`);
    }
  }
}

function readTimes(
  { iat = 0, exp = 0 }: JWTPayload,
  key: SigningKey,
  nowSeconds: number,
): { iat: number; exp: number } {
  if (exp <= nowSeconds) throw invalid('it has run out');
  if (iat > nowSeconds + clockToleranceSeconds) throw invalid('it was issued in the future (iat)');
  if ((exp - iat) * 1000 > key.maxLifetimeMs) {
    throw invalid(`it lives longer than its key allows: ${key.maxLifetimeMs / 1000} s from iat to exp`);
  }
  return { iat, exp };
}

function readClaims(payload: JWTPayload, key: SigningKey): HostTokenClaims {
  const parsed = hostTokenClaimsSchema.safeParse(payload);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalid(`its claim ${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? 'not as expected'}`);
  }
  const { brand, grants } = parsed.data;
  if (brand !== key.brandId) throw invalid('it names another brand than its key is for');
  const foreign = grants.groups.find((group) => !key.groups.includes(group));
  if (foreign !== undefined) throw invalid(`its key may not put users into the group ${foreign}`);
  return parsed.data;
}

function readSubject({ sub }: JWTPayload): string {
  const parsed = plainText(100).safeParse(sub);
  if (!parsed.success) throw invalid('its claim sub: expected a text of 1 to 100 characters');
  return parsed.data;
}

function explain(error: unknown, key: SigningKey): string {
  if (error instanceof errors.JWTExpired) return 'it has run out';
  if (error instanceof errors.JWTClaimValidationFailed) return claimProblems(error, key);
  if (error instanceof errors.JOSEAlgNotAllowed) return `it is not signed by ${key.algorithm}, as its key is for`;
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'its signature does not fit its key';
  return 'it is not a JWT that can be read';
}

function claimProblems({ claim, reason }: errors.JWTClaimValidationFailed, key: SigningKey): string {
  if (reason === 'missing') return `its claim ${claim} is missing`;
  if (claim === 'iss') return `iss is not ${key.issuer}`;
  if (claim === 'aud') return `aud is not ${key.audience}`;
  if (claim === 'nbf') return 'it is not valid yet (nbf)';
  return `its claim ${claim} cannot be used`;
}

function invalid(detail: string, cause?: unknown): DialbridgeError {
  return new DialbridgeError('tokenInvalid', { details: { detail }, cause });
}

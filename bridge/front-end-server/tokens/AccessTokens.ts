import { errors, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { brandIdSchema } from '../../../shared/domain/index.ts';
import { DialbridgeError } from '../../../shared/errors/index.ts';
import { type SignedInUser, signedInUserSchema } from '../../../shared/protocol/index.ts';
import type { Clock } from '../../observability/index.ts';
import type { KeyRing } from '../keys/KeyRing.ts';
import { type Entry, entrySchema } from './entry.ts';
import type { Revocations } from './Revocations.ts';

const issuer = 'dialbridge';
const audience = 'dialbridge-client';

export interface AccessTokensDeps {
  readonly keyRing: Pick<KeyRing, 'current' | 'get'>;
  readonly revocations: Pick<Revocations, 'check'>;
  /** Milliseconds. */
  readonly ttlMs: number;
  readonly clock: Pick<Clock, 'now'>;
  readonly newId: () => string;
}

const claimsSchema = z.object({
  user: signedInUserSchema,
  brandId: brandIdSchema,
  entry: entrySchema.default({ kind: 'account' }),
  /** The sign-in that this token descends from (id of its refresh session). */
  familyId: z.string().min(1),
  /** Finer than `iat`, so that a sign-in right after a sign-out is told from what was before it. Absent in older tokens. */
  issuedAtMs: z.number().int().optional(),
});

export interface AccessTokenClaims {
  readonly user: SignedInUser;
  readonly brandId: z.infer<typeof brandIdSchema>;
  /** Absent: an account of ours. */
  readonly entry?: Entry;
  readonly familyId: string;
}

export interface TokenLife {
  /** When it was found out that the person may come in. Default: now. */
  readonly issuedAtMs?: number;
  /** It ends by then at the latest, in milliseconds since the epoch. Default: no such bound. */
  readonly notAfterMs?: number;
}

export interface VerifiedAccess extends AccessTokenClaims {
  readonly entry: Entry;
  /** Milliseconds since the epoch. */
  readonly issuedAtMs: number;
  /** Milliseconds since the epoch. */
  readonly expiresAtMs: number;
}

/** Short-lived proof of who somebody is: a JWT (RFC 7519) by HS256, refused once its rights have ended. */
export class AccessTokens {
  readonly #deps: AccessTokensDeps;

  constructor(deps: AccessTokensDeps) {
    this.#deps = deps;
  }

  async issue(
    claims: AccessTokenClaims,
    { issuedAtMs, notAfterMs = Number.POSITIVE_INFINITY }: TokenLife = {},
  ): Promise<{ accessToken: string; expiresAtMs: number }> {
    const { clock, ttlMs, keyRing, newId } = this.#deps;
    const now = clock.now();
    const key = keyRing.current;
    const expiresAtSeconds = Math.min(Math.ceil((now + ttlMs) / 1000), Math.floor(notAfterMs / 1000));
    const accessToken = await new SignJWT(claimsSchema.parse({ ...claims, issuedAtMs: issuedAtMs ?? now }))
      .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: key.id })
      .setIssuer(issuer)
      .setAudience(audience)
      .setSubject(claims.user.id)
      .setJti(newId())
      .setIssuedAt(Math.floor(now / 1000))
      .setExpirationTime(expiresAtSeconds)
      .sign(secretOf(key));
    return { accessToken, expiresAtMs: expiresAtSeconds * 1000 };
  }

  /**
   * @throws DialbridgeError `sessionExpired` for a token of ours that ran out, `unauthenticated` for what is none, and what
   * `Revocations.check` says of one whose rights have ended
   */
  async verify(accessToken: string): Promise<VerifiedAccess> {
    const access = await this.#read(accessToken);
    await this.#deps.revocations.check(access);
    return access;
  }

  async #read(accessToken: string): Promise<VerifiedAccess> {
    try {
      const { payload } = await jwtVerify(accessToken, ({ kid }) => this.#keyFor(kid), {
        algorithms: ['HS256'],
        typ: 'at+jwt',
        issuer,
        audience,
        currentDate: new Date(this.#deps.clock.now()),
        requiredClaims: ['sub', 'jti', 'exp', 'iat'],
      });
      const { issuedAtMs, ...claims } = claimsSchema.parse(payload);
      const { sub, exp = 0, iat = 0 } = payload;
      if (claims.user.id !== sub) throw new DialbridgeError('unauthenticated');
      return { ...claims, issuedAtMs: issuedAtMs ?? iat * 1000, expiresAtMs: exp * 1000 };
    } catch (error) {
      throw new DialbridgeError(error instanceof errors.JWTExpired ? 'sessionExpired' : 'unauthenticated', {
        cause: error,
      });
    }
  }

  #keyFor(kid: string | undefined): Uint8Array {
    const key = this.#deps.keyRing.get(kid);
    // What an old key signed has run out before it went: whoever brings it may just be late.
    if (key === undefined) throw new DialbridgeError('unauthenticated');
    return secretOf(key);
  }
}

function secretOf({ secret }: { readonly secret: string }): Uint8Array {
  return Buffer.from(secret, 'base64url');
}

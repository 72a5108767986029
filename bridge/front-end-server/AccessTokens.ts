import { errors, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { brandIdSchema, embedKeyIdSchema, groupIdSchema, signingKeyIdSchema } from '../../shared/domain/index.ts';
import { DialbridgeError } from '../../shared/errors/index.ts';
import { type SignedInUser, signedInUserSchema } from '../../shared/protocol/index.ts';
import type { Clock } from '../observability/index.ts';
import type { Collection } from '../storage/index.ts';

const issuer = 'dialbridge';
const audience = 'dialbridge-client';

/** A sign-in that was ended while tokens of it may still be about. */
export interface EndedFamily {
  readonly id: string;
  /** Its last token has run out by then, in milliseconds since the epoch. */
  readonly untilMs: number;
}

export interface AccessTokensDeps {
  readonly endedFamilies: Pick<Collection<EndedFamily>, 'get' | 'put' | 'list' | 'delete'>;
  /** At least 32 random bytes, the same on every machine that shares sessions (RFC 7518 section 3.2). */
  readonly secret: Uint8Array;
  /** Milliseconds. */
  readonly ttlMs: number;
  readonly clock: Pick<Clock, 'now'>;
  readonly newId: () => string;
}

/** By which way somebody came in, and what that allows them beyond being who they are. */
export const entrySchema = z.discriminatedUnion('kind', [
  /** An account of ours, by password or sign-in link. Its groups and caller IDs are looked up where they are needed. */
  z.object({ kind: z.literal('account') }),
  /** A host application's signed token. */
  z.object({
    kind: z.literal('hostToken'),
    signingKeyId: signingKeyIdSchema,
    groups: z.array(groupIdSchema),
    /** Prefixes; null: no bound of the token's own. */
    destinations: z.array(z.string()).nullable(),
    callerNumbers: z.array(z.string()).nullable(),
  }),
  /** An anonymous visitor. */
  z.object({
    kind: z.literal('embedKey'),
    embedKeyId: embedKeyIdSchema,
    /** Of the page that the visitor is on. */
    origin: z.string(),
  }),
]);
export type Entry = z.infer<typeof entrySchema>;

const claimsSchema = z.object({
  user: signedInUserSchema,
  brandId: brandIdSchema,
  entry: entrySchema.default({ kind: 'account' }),
  /** The sign-in that this token descends from (id of its refresh session). */
  familyId: z.string().min(1),
});

export interface AccessTokenClaims {
  readonly user: SignedInUser;
  readonly brandId: z.infer<typeof brandIdSchema>;
  /** Absent: an account of ours. */
  readonly entry?: Entry;
  readonly familyId: string;
}

export interface VerifiedAccess extends AccessTokenClaims {
  readonly entry: Entry;
  /** Milliseconds since the epoch. */
  readonly expiresAtMs: number;
}

/** Short-lived proof of who somebody is: a JWT (RFC 7519) by HS256, refused once its sign-in has ended. */
export class AccessTokens {
  readonly #deps: AccessTokensDeps;

  /** @throws RangeError when the secret is too short. */
  constructor(deps: AccessTokensDeps) {
    if (deps.secret.byteLength < 32) throw new RangeError('The secret for access tokens needs at least 32 bytes.');
    this.#deps = deps;
  }

  async issue(claims: AccessTokenClaims): Promise<{ accessToken: string; expiresAtMs: number }> {
    const now = this.#deps.clock.now();
    const expiresAtSeconds = Math.ceil((now + this.#deps.ttlMs) / 1000);
    const accessToken = await new SignJWT(claimsSchema.parse(claims))
      .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' })
      .setIssuer(issuer)
      .setAudience(audience)
      .setSubject(claims.user.id)
      .setJti(this.#deps.newId())
      .setIssuedAt(Math.floor(now / 1000))
      .setExpirationTime(expiresAtSeconds)
      .sign(this.#deps.secret);
    return { accessToken, expiresAtMs: expiresAtSeconds * 1000 };
  }

  /** Ends every token of a sign-in at once. What was ended before is forgotten when its tokens have run out by themselves. */
  async endFamily(familyId: string): Promise<void> {
    const { endedFamilies, clock, ttlMs } = this.#deps;
    const now = clock.now();
    // A token's end is rounded up to the full second.
    await endedFamilies.put({ id: familyId, untilMs: now + ttlMs + 1000 });
    const forgotten = (await endedFamilies.list()).filter(({ untilMs }) => untilMs < now);
    await Promise.all(forgotten.map(({ id }) => endedFamilies.delete(id)));
  }

  /**
   * @throws DialbridgeError `sessionExpired` for a token of ours that ran out or whose sign-in has ended,
   * `unauthenticated` for anything else
   */
  async verify(accessToken: string): Promise<VerifiedAccess> {
    const access = await this.#read(accessToken);
    if (await this.#deps.endedFamilies.get(access.familyId)) throw new DialbridgeError('sessionExpired');
    return access;
  }

  async #read(accessToken: string): Promise<VerifiedAccess> {
    try {
      const { payload } = await jwtVerify(accessToken, this.#deps.secret, {
        algorithms: ['HS256'],
        typ: 'at+jwt',
        issuer,
        audience,
        currentDate: new Date(this.#deps.clock.now()),
        requiredClaims: ['sub', 'jti', 'exp'],
      });
      const claims = claimsSchema.parse(payload);
      if (claims.user.id !== payload.sub || payload.exp === undefined) throw new DialbridgeError('unauthenticated');
      return { ...claims, expiresAtMs: payload.exp * 1000 };
    } catch (error) {
      throw new DialbridgeError(error instanceof errors.JWTExpired ? 'sessionExpired' : 'unauthenticated', {
        cause: error,
      });
    }
  }
}

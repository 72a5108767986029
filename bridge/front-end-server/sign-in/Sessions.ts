import type { UserId } from '../../../shared/domain/index.ts';
import { DialbridgeError } from '../../../shared/errors/index.ts';
import type { SessionGrant, SignInRequest } from '../../../shared/protocol/index.ts';
import type { Clock, Logger, Timer } from '../../observability/index.ts';
import { drop } from '../../observability/index.ts';
import type { User } from '../accounts/User.ts';
import { isOfBrand, toSignedInUser, type Users } from '../accounts/Users.ts';
import type { Brands } from '../branding/index.ts';
import type { LoadBalancer } from '../call-servers/LoadBalancer.ts';
import type { Page } from '../keys/PageOrigins.ts';
import type { AccessTokens, VerifiedAccess } from '../tokens/AccessTokens.ts';
import { type RefreshGrant, type RefreshSessions, RefreshTokenReused } from '../tokens/RefreshSessions.ts';
import type { Revocations } from '../tokens/Revocations.ts';
import type { AccountSignIn } from './AccountSignIn.ts';
import { brandFor } from './brandFor.ts';
import type { GuestSignIn } from './GuestSignIn.ts';
import type { SignInLinks } from './SignInLinks.ts';

export interface SessionsDeps {
  readonly accounts: Pick<AccountSignIn, 'byPassword' | 'byLink'>;
  readonly guests: Pick<GuestSignIn, 'byHostToken' | 'byEmbedKey'>;
  readonly users: Pick<Users, 'get'>;
  readonly accessTokens: Pick<AccessTokens, 'issue'>;
  readonly revocations: Pick<Revocations, 'check' | 'endFamily' | 'endUser'>;
  readonly refreshSessions: RefreshSessions;
  readonly signInLinks: Pick<SignInLinks, 'removeExpired'>;
  readonly loadBalancer: LoadBalancer;
  readonly brands: Pick<Brands, 'get' | 'forHost'>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly newId: () => string;
}

/** From where a person comes to the door. */
export interface Visitor {
  /** IP address. */
  readonly address: string;
  /** The origin by which they reached the front-end server: `https://phone.example.com`. */
  readonly origin: string;
  /** The page that asks. */
  readonly page: Page;
}

export interface StartedSession {
  readonly grant: SessionGrant;
  /** For the cookie; null: no cookie, since they come again the way they came. */
  readonly refresh: { readonly token: string; readonly expiresAtMs: number } | null;
}

type CallServerPlace = SessionGrant['callServer'];

const sweepIntervalMs = 3_600_000;

/** Sign-in, its continuation and its end. */
export class Sessions {
  readonly #deps: SessionsDeps;
  #timer: Timer | undefined;
  #isClosed = false;

  constructor(deps: SessionsDeps) {
    this.#deps = deps;
    this.#scheduleSweep();
  }

  /**
   * @throws DialbridgeError `wrongCredentials`, `signInLinkUsed`, `accountDisabled`, `tokenInvalid`, `embedKeyInvalid`,
   * `originNotAllowed`, `tooManyAttempts` (with `retryAfterMs`), `goingAway`
   */
  async signIn(request: SignInRequest, visitor: Visitor): Promise<StartedSession> {
    // Before a sign-in link is used up.
    const callServer = await this.#chooseCallServer(visitor);
    if ('hostToken' in request || 'embedKey' in request) return this.#welcomeGuest(request, visitor, callServer);
    const issuedAtMs = this.#deps.clock.now();
    const brandId = this.#deps.brands.forHost(new URL(visitor.origin).hostname).id;
    const place = { address: visitor.address, brandId };
    const user =
      'signInToken' in request
        ? await this.#deps.accounts.byLink(request.signInToken, place)
        : await this.#deps.accounts.byPassword(request, place);
    const family = await this.#deps.refreshSessions.start(user.id, brandId);
    this.#deps.logger.info({ userId: user.id, familyId: family.familyId }, 'Signed in');
    return this.#grant(user, family, { callServer, issuedAtMs });
  }

  /** @throws DialbridgeError `sessionExpired`, `accountDisabled`, `goingAway` */
  async refresh(refreshToken: string, visitor: Visitor): Promise<StartedSession> {
    // Before the token is used up: without a call server there is no answer to carry the next one.
    const callServer = await this.#chooseCallServer(visitor);
    // Not later: who is signed out meanwhile must not get a token that seems to be of after that.
    const issuedAtMs = this.#deps.clock.now();
    const family = await this.#rotate(refreshToken);
    const user = await this.#deps.users.get(family.userId);
    if (user === undefined || !user.isEnabled || !isOfBrand(user, family.brandId)) {
      await this.#deps.refreshSessions.end(family.refreshToken);
      throw new DialbridgeError(user?.isEnabled === false ? 'accountDisabled' : 'sessionExpired');
    }
    return this.#grant(user, family, { callServer, issuedAtMs });
  }

  /** Never fails for a token that is not good (any more): who wants out is out. */
  async signOut(refreshToken: string): Promise<void> {
    try {
      const familyId = await this.#deps.refreshSessions.end(refreshToken);
      if (familyId === undefined) return;
      await this.#deps.revocations.endFamily(familyId);
      this.#deps.logger.info({ familyId }, 'Signed out');
    } catch (error) {
      if (!(error instanceof DialbridgeError)) throw error;
    }
  }

  /** Signs out who has no cookie, because they came by a host application's token or an embed key. */
  async signOutGuest({ familyId, entry }: Pick<VerifiedAccess, 'familyId' | 'entry'>): Promise<void> {
    if (entry.kind === 'account') return;
    await this.#deps.revocations.endFamily(familyId);
    this.#deps.logger.info({ familyId }, 'Signed out');
  }

  /** Ends every sign-in of a user on every device, within a second also what is connected. */
  async signOutEverywhere(userId: UserId): Promise<void> {
    await this.#deps.revocations.endUser(userId, 'signedOutEverywhere');
  }

  close(): void {
    this.#isClosed = true;
    this.#deps.clock.clearTimeout(this.#timer);
  }

  /** Whoever copied the token may have got an access token by it, and a connection: they end with the family. */
  async #rotate(refreshToken: string): Promise<RefreshGrant> {
    try {
      return await this.#deps.refreshSessions.rotate(refreshToken);
    } catch (error) {
      if (error instanceof RefreshTokenReused) {
        await this.#deps.revocations.endFamily(error.familyId);
        this.#deps.logger.warn({ familyId: error.familyId }, 'A refresh token was used twice; ended its sign-in');
      }
      throw error;
    }
  }

  async #chooseCallServer({ origin }: Visitor): Promise<CallServerPlace> {
    const { id, url } = await this.#deps.loadBalancer.choose();
    return { id, url: url ?? origin };
  }

  async #welcomeGuest(
    request: Extract<SignInRequest, { hostToken: string } | { embedKey: string }>,
    visitor: Visitor,
    callServer: CallServerPlace,
  ): Promise<StartedSession> {
    const { guests, accessTokens, revocations, logger, newId } = this.#deps;
    const { user, brandId, entry, issuedAtMs, notAfterMs } =
      'hostToken' in request
        ? await guests.byHostToken(request.hostToken, visitor)
        : await guests.byEmbedKey(request, visitor);
    const access = { user, brandId, entry, familyId: `${entry.kind}:${newId()}` };
    // A host application's token of before a sign-out must not undo it.
    await revocations.check({ ...access, issuedAtMs });
    const life = { issuedAtMs, ...(notAfterMs !== null && { notAfterMs }) };
    const token = await accessTokens.issue(access, life);
    logger.info({ userId: user.id, familyId: access.familyId, entry: entry.kind }, 'Signed in without an account');
    const brand = brandFor(user, this.#deps.brands.get(brandId));
    return { grant: { ...token, user, brand, callServer }, refresh: null };
  }

  async #grant(
    user: User,
    family: RefreshGrant,
    { callServer, issuedAtMs }: { callServer: CallServerPlace; issuedAtMs: number },
  ): Promise<StartedSession> {
    const { brandId, familyId, refreshToken } = family;
    const signedInUser = toSignedInUser(user);
    const token = await this.#deps.accessTokens.issue({ user: signedInUser, brandId, familyId }, { issuedAtMs });
    const brand = brandFor(signedInUser, this.#deps.brands.get(brandId));
    return {
      grant: { ...token, user: signedInUser, brand, callServer },
      refresh: { token: refreshToken, expiresAtMs: family.expiresAtMs },
    };
  }

  #scheduleSweep(): void {
    if (this.#isClosed) return;
    this.#timer = this.#deps.clock.setTimeout(() => {
      const sweep = Promise.all([this.#deps.refreshSessions.removeExpired(), this.#deps.signInLinks.removeExpired()]);
      drop(sweep, this.#deps.logger, 'removing sessions and sign-in links that ran out');
      this.#scheduleSweep();
    }, sweepIntervalMs);
    this.#timer.unref();
  }
}

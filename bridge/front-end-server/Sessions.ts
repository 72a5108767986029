import { EventEmitter } from 'node:events';
import { DialbridgeError } from '../../shared/errors/index.ts';
import type { SessionGrant, SignInRequest } from '../../shared/protocol/index.ts';
import type { Clock, Logger, Timer } from '../observability/index.ts';
import { drop } from '../observability/index.ts';
import type { AccessTokens } from './AccessTokens.ts';
import { AttemptThrottle } from './AttemptThrottle.ts';
import { addressKey } from './addressKey.ts';
import type { Brands } from './branding/index.ts';
import type { LoadBalancer } from './LoadBalancer.ts';
import type { RefreshGrant, RefreshSessions } from './RefreshSessions.ts';
import type { SignInLinks } from './SignInLinks.ts';
import type { User } from './User.ts';
import { foldUserName } from './UserNameClaim.ts';
import { toSignedInUser, type Users } from './Users.ts';

export interface SessionsDeps {
  readonly users: Pick<Users, 'get' | 'authenticate'>;
  readonly accessTokens: AccessTokens;
  readonly refreshSessions: RefreshSessions;
  readonly signInLinks: SignInLinks;
  readonly loadBalancer: LoadBalancer;
  readonly brands: Pick<Brands, 'forHost' | 'get'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** From where a person comes to the door. */
export interface Visitor {
  /** IP address. */
  readonly address: string;
  /** The origin by which they reached the front-end server: `https://phone.example.com`. */
  readonly origin: string;
}

export interface StartedSession {
  readonly grant: SessionGrant;
  /** For the cookie. */
  readonly refreshToken: string;
  readonly refreshExpiresAtMs: number;
}

export interface SessionsEvents {
  /** A family of tokens ended by sign-out; its connections should go too. */
  signedOut: [{ familyId: string }];
}

const sweepIntervalMs = 3_600_000;

/** Sign-in, its continuation and its end. */
export class Sessions {
  readonly events = new EventEmitter<SessionsEvents>();
  readonly #deps: SessionsDeps;
  readonly #byAccount: AttemptThrottle;
  readonly #byAddress: AttemptThrottle;
  #timer: Timer | undefined;
  #isClosed = false;

  constructor(deps: SessionsDeps) {
    this.#deps = deps;
    const { clock } = deps;
    // The longest wait for an account is short, so that a stranger who fails on purpose can't keep its owner out.
    this.#byAccount = new AttemptThrottle({
      clock,
      freeAttempts: 5,
      firstDelayMs: 1000,
      maxDelayMs: 30_000,
      forgetAfterMs: 900_000,
    });
    this.#byAddress = new AttemptThrottle({
      clock,
      freeAttempts: 30,
      firstDelayMs: 1000,
      maxDelayMs: 300_000,
      forgetAfterMs: 900_000,
    });
    this.#scheduleSweep();
  }

  /** @throws DialbridgeError `wrongCredentials`, `signInLinkUsed`, `tooManyAttempts` (with `retryAfterMs`), `goingAway` */
  async signIn(request: SignInRequest, visitor: Visitor): Promise<StartedSession> {
    // Before a sign-in link is used up.
    const callServer = await this.#deps.loadBalancer.choose();
    // Host applications' tokens and embed keys are not taken yet.
    if ('hostToken' in request || 'embedKey' in request) throw new DialbridgeError('forbidden');
    const user =
      'signInToken' in request
        ? await this.#byLink(request.signInToken, visitor)
        : await this.#byPassword(request, visitor);
    const brand = this.#deps.brands.forHost(new URL(visitor.origin).hostname);
    const family = await this.#deps.refreshSessions.start(user.id, brand.id);
    this.#deps.logger.info({ userId: user.id, familyId: family.familyId }, 'Signed in');
    return this.#grant(user, family, { id: callServer.id, url: callServer.url ?? visitor.origin });
  }

  /** @throws DialbridgeError `sessionExpired`, `goingAway` */
  async refresh(refreshToken: string, visitor: Visitor): Promise<StartedSession> {
    // Before the token is used up: without a call server there is no answer to carry the next one.
    const callServer = await this.#deps.loadBalancer.choose();
    const family = await this.#deps.refreshSessions.rotate(refreshToken);
    const user = await this.#deps.users.get(family.userId);
    if (user === undefined) {
      await this.#deps.refreshSessions.end(family.refreshToken);
      throw new DialbridgeError('sessionExpired');
    }
    return this.#grant(user, family, { id: callServer.id, url: callServer.url ?? visitor.origin });
  }

  /** Never fails for a token that is not good (any more): who wants out is out. */
  async signOut(refreshToken: string): Promise<void> {
    try {
      const familyId = await this.#deps.refreshSessions.end(refreshToken);
      if (familyId === undefined) return;
      await this.#deps.accessTokens.endFamily(familyId);
      this.#deps.logger.info({ familyId }, 'Signed out');
      this.events.emit('signedOut', { familyId });
    } catch (error) {
      if (!(error instanceof DialbridgeError)) throw error;
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#deps.clock.clearTimeout(this.#timer);
    this.events.removeAllListeners();
  }

  async #byPassword({ userName, password }: { userName: string; password: string }, visitor: Visitor): Promise<User> {
    const account = foldUserName(userName);
    const address = addressKey(visitor.address);
    this.#demandPatience(this.#byAccount.retryAfterMs(account), this.#byAddress.retryAfterMs(address));
    this.#byAccount.begin(account);
    this.#byAddress.begin(address);
    const user = await this.#deps.users.authenticate(userName, password);
    if (user === undefined) throw new DialbridgeError('wrongCredentials');
    this.#byAccount.clear(account);
    this.#byAddress.refund(address);
    return user;
  }

  async #byLink(token: string, visitor: Visitor): Promise<User> {
    const address = addressKey(visitor.address);
    this.#demandPatience(this.#byAddress.retryAfterMs(address));
    this.#byAddress.begin(address);
    const user = await this.#deps.users.get(await this.#deps.signInLinks.redeem(token));
    if (user === undefined) throw new DialbridgeError('signInLinkUsed');
    this.#byAddress.refund(address);
    return user;
  }

  #demandPatience(...waitsMs: readonly number[]): void {
    const retryAfterMs = Math.max(...waitsMs);
    if (retryAfterMs > 0) throw new DialbridgeError('tooManyAttempts', { retryAfterMs });
  }

  async #grant(user: User, family: RefreshGrant, callServer: SessionGrant['callServer']): Promise<StartedSession> {
    const signedInUser = toSignedInUser(user);
    const { accessToken, expiresAtMs } = await this.#deps.accessTokens.issue({
      user: signedInUser,
      brandId: family.brandId,
      familyId: family.familyId,
    });
    return {
      grant: {
        accessToken,
        expiresAtMs,
        user: signedInUser,
        brand: this.#deps.brands.get(family.brandId),
        callServer,
      },
      refreshToken: family.refreshToken,
      refreshExpiresAtMs: family.expiresAtMs,
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

import { z } from 'zod';
import { DialbridgeError, type ErrorCode } from '../../shared/errors/index.ts';
import { type SessionGrant, type SignInRequest, sessionGrantSchema } from '../../shared/protocol/index.ts';
import { Observable, type Readable, type Timers } from '../state/index.ts';
import type { ApiClient, ApiRequest } from './ApiClient.ts';
import { BridgeUnreachableError } from './BridgeUnreachableError.ts';
import { type GuestRequest, type GuestStore, isGuestRequest } from './GuestStore.ts';
import type { OtherTabs } from './OtherTabs.ts';

/** Who is signed in. `unreachable` retries by itself. */
export type SessionState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'signedOut'; readonly reason: DialbridgeError | null }
  | { readonly kind: 'signedIn'; readonly grant: SessionGrant };

/** Runs a task while no other tab runs one: two tabs must not spend the same refresh cookie at once. */
export type ExclusiveRun = <T>(task: () => Promise<T>) => Promise<T>;

export interface SessionDeps {
  readonly api: ApiClient;
  readonly timers: Timers;
  readonly runExclusive: ExclusiveRun;
  /** Absent: guests are forgotten when the page is left. */
  readonly guests?: Pick<GuestStore, 'read' | 'write'> | undefined;
  /** Absent where the browser can't reach them. */
  readonly otherTabs?: OtherTabs | undefined;
}

const retryAfterMs = 3_000;
/** A token that ends within this time is renewed before it is used. */
const renewBeforeEndMs = 15_000;
const refreshRequest = { method: 'POST', path: '/session/refresh', body: {} } as const satisfies ApiRequest;
const nothing = z.unknown();

/** The access token may be replaced by the cookie. */
const staleCodes: ReadonlySet<ErrorCode> = new Set(['sessionExpired', 'unauthenticated', 'wrongCredentials']);
/** Nobody comes back by what they have; the person is told this very reason. */
const endCodes: ReadonlySet<ErrorCode> = new Set([
  'signedOutEverywhere',
  'accountDisabled',
  'tokenInvalid',
  'embedKeyInvalid',
  'originNotAllowed',
]);

/**
 * The person's session. The access token lives in memory alone; a reload gets a new one by the refresh cookie, which scripts
 * can't read. Who came by a host application's token or an embed key has no cookie, and asks again the same way.
 */
export class Session {
  readonly #deps: SessionDeps;
  readonly #state = new Observable<SessionState>({ kind: 'loading' });
  #refreshing: Promise<SessionGrant> | null = null;
  #guest: GuestRequest | null;
  #cancelRetry: () => void = () => {};

  constructor(deps: SessionDeps) {
    this.#deps = deps;
    this.#guest = deps.guests?.read() ?? null;
    deps.otherTabs?.onSignOut((userId) => this.#signedOutElsewhere(userId));
  }

  get state(): Readable<SessionState> {
    return this.#state;
  }

  /** Signs in by what the address said, else the way this tab did before, else by the cookie. Never throws. */
  async start(arrival: SignInRequest | null): Promise<void> {
    try {
      if (arrival !== null) await this.signIn(arrival);
      else await this.refresh();
    } catch (error) {
      if (error instanceof BridgeUnreachableError) this.#retryStart(arrival);
      else if (arrival !== null && error instanceof DialbridgeError) this.end(error);
    }
  }

  /** @throws DialbridgeError (`wrongCredentials`, `signInLinkUsed`, `tooManyAttempts`), BridgeUnreachableError */
  async signIn(request: SignInRequest): Promise<void> {
    const grant = await this.#ask(request);
    this.#keepGuest(isGuestRequest(request) ? request : null);
    this.#state.set({ kind: 'signedIn', grant });
  }

  /** Gets a new access token; calls at the same time share one request. Ends the session where there is none any more. */
  refresh(): Promise<SessionGrant> {
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = null;
    });
    return this.#refreshing;
  }

  /** A token that is good for a while yet. */
  async accessToken(): Promise<string> {
    const state = this.#state.get();
    if (state.kind === 'signedIn' && state.grant.expiresAtMs - renewBeforeEndMs > this.#deps.timers.now()) {
      return state.grant.accessToken;
    }
    return (await this.refresh()).accessToken;
  }

  /** Sends a request as the signed-in person; a token that has just run out is renewed once. */
  send<Schema extends z.ZodType>(request: ApiRequest, schema: Schema): Promise<z.infer<Schema>> {
    return this.#asPerson((accessToken) => this.#deps.api.send({ ...request, accessToken }, schema));
  }

  /** The same for a file. */
  download(request: ApiRequest): Promise<Blob> {
    return this.#asPerson((accessToken) => this.#deps.api.download({ ...request, accessToken }));
  }

  async #asPerson<T>(ask: (accessToken: string) => Promise<T>): Promise<T> {
    try {
      return await ask(await this.accessToken());
    } catch (error) {
      const isRefused = hasCode(error, staleCodes) || hasCode(error, endCodes);
      if (!isRefused || this.#state.get().kind !== 'signedIn') throw error;
      const { accessToken } = await this.refresh();
      return await ask(accessToken);
    }
  }

  /** Forgets the person here and at the bridge. @throws BridgeUnreachableError: then the person is still signed in. */
  async signOut(): Promise<void> {
    const state = this.#state.get();
    // Without a cookie of their own, guests are known by the token; the cookie may be somebody else's in another tab.
    const accessToken = this.#guest !== null && state.kind === 'signedIn' ? state.grant.accessToken : undefined;
    try {
      await this.#deps.api.send({ method: 'DELETE', path: '/session', ...(accessToken && { accessToken }) }, nothing);
    } catch (error) {
      if (error instanceof BridgeUnreachableError) throw error;
    }
    if (state.kind === 'signedIn') this.#deps.otherTabs?.announceSignOut(state.grant.user.id);
    this.end(null);
  }

  /** Ends every sign-in of the person on every device, this one too. @throws DialbridgeError, BridgeUnreachableError */
  async signOutEverywhere(): Promise<void> {
    const state = this.#state.get();
    await this.send({ method: 'POST', path: '/session/sign-out-everywhere' }, nothing);
    if (state.kind === 'signedIn') this.#deps.otherTabs?.announceSignOut(state.grant.user.id);
    this.end(new DialbridgeError('signedOutEverywhere'));
  }

  /** The session is over, because the person or the bridge ended it. `reason`: what the person is told. */
  end(reason: DialbridgeError | null): void {
    this.#keepGuest(null);
    this.#state.set({ kind: 'signedOut', reason });
  }

  close(): void {
    this.#cancelRetry();
    this.#deps.otherTabs?.close();
  }

  async #refresh(): Promise<SessionGrant> {
    try {
      const grant = await this.#renew();
      this.#state.set({ kind: 'signedIn', grant });
      return grant;
    } catch (error) {
      if (error instanceof DialbridgeError) {
        const wasSignedIn = this.#state.get().kind === 'signedIn';
        if (hasCode(error, staleCodes)) this.end(wasSignedIn ? new DialbridgeError('sessionExpired') : null);
        else if (hasCode(error, endCodes) || !wasSignedIn) this.end(error);
      }
      throw error;
    }
  }

  /** The cookie is one for all tabs, so that they take turns; a guest's way in is the tab's own. */
  #renew(): Promise<SessionGrant> {
    if (this.#guest !== null) return this.#ask(this.#guest);
    return this.#deps.runExclusive(() => this.#deps.api.send(refreshRequest, sessionGrantSchema));
  }

  #ask(request: SignInRequest): Promise<SessionGrant> {
    return this.#deps.api.send({ method: 'POST', path: '/session', body: request }, sessionGrantSchema);
  }

  #keepGuest(guest: GuestRequest | null): void {
    this.#guest = guest;
    this.#deps.guests?.write(guest);
  }

  #signedOutElsewhere(userId: string): void {
    const state = this.#state.get();
    if (state.kind === 'signedIn' && state.grant.user.id === userId) this.end(null);
  }

  #retryStart(arrival: SignInRequest | null): void {
    this.#state.set({ kind: 'unreachable' });
    this.#cancelRetry();
    this.#cancelRetry = this.#deps.timers.after(retryAfterMs, () => void this.start(arrival));
  }
}

function hasCode(error: unknown, codes: ReadonlySet<ErrorCode>): boolean {
  return error instanceof DialbridgeError && codes.has(error.code);
}

import { z } from 'zod';
import { DialbridgeError } from '../../shared/errors/index.ts';
import { type SessionGrant, type SignInRequest, sessionGrantSchema } from '../../shared/protocol/index.ts';
import { Observable, type Readable, type Timers } from '../state/index.ts';
import type { ApiClient, ApiRequest } from './ApiClient.ts';
import { BridgeUnreachableError } from './BridgeUnreachableError.ts';
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
  /** Absent where the browser can't reach them. */
  readonly otherTabs?: OtherTabs | undefined;
}

const retryAfterMs = 3_000;
/** A token that ends within this time is renewed before it is used. */
const renewBeforeEndMs = 15_000;
const refreshRequest = { method: 'POST', path: '/session/refresh', body: {} } as const satisfies ApiRequest;
const nothing = z.unknown();

/**
 * The person's session. The access token lives in memory alone; a reload gets a new one by the refresh cookie,
 * which scripts can't read.
 */
export class Session {
  readonly #deps: SessionDeps;
  readonly #state = new Observable<SessionState>({ kind: 'loading' });
  #refreshing: Promise<SessionGrant> | null = null;
  #cancelRetry: () => void = () => {};

  constructor(deps: SessionDeps) {
    this.#deps = deps;
    deps.otherTabs?.onSignOut((userId) => this.#signedOutElsewhere(userId));
  }

  get state(): Readable<SessionState> {
    return this.#state;
  }

  /** Signs in by a link's token if there is one, else by the cookie of an earlier sign-in. Never throws. */
  async start(signInToken: string | null): Promise<void> {
    try {
      if (signInToken !== null) await this.signIn({ signInToken });
      else await this.refresh();
    } catch (error) {
      if (error instanceof BridgeUnreachableError) this.#retryStart(signInToken);
      else if (signInToken !== null && error instanceof DialbridgeError) {
        this.#state.set({ kind: 'signedOut', reason: error });
      }
    }
  }

  /** @throws DialbridgeError (`wrongCredentials`, `signInLinkUsed`, `tooManyAttempts`), BridgeUnreachableError */
  async signIn(request: SignInRequest): Promise<void> {
    const grant = await this.#deps.api.send({ method: 'POST', path: '/session', body: request }, sessionGrantSchema);
    this.#state.set({ kind: 'signedIn', grant });
  }

  /** Gets a new access token; calls at the same time share one request. Ends the session where the cookie is no good. */
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
  async send<Schema extends z.ZodType>(request: ApiRequest, schema: Schema): Promise<z.infer<Schema>> {
    try {
      return await this.#deps.api.send({ ...request, accessToken: await this.accessToken() }, schema);
    } catch (error) {
      if (!isSessionOver(error) || this.#state.get().kind !== 'signedIn') throw error;
      const { accessToken } = await this.refresh();
      return await this.#deps.api.send({ ...request, accessToken }, schema);
    }
  }

  /** Forgets the person here and at the bridge. @throws BridgeUnreachableError: then the person is still signed in. */
  async signOut(): Promise<void> {
    try {
      await this.#deps.api.send({ method: 'DELETE', path: '/session' }, nothing);
    } catch (error) {
      if (error instanceof BridgeUnreachableError) throw error;
    }
    const state = this.#state.get();
    if (state.kind === 'signedIn') this.#deps.otherTabs?.announceSignOut(state.grant.user.id);
    this.#state.set({ kind: 'signedOut', reason: null });
  }

  close(): void {
    this.#cancelRetry();
    this.#deps.otherTabs?.close();
  }

  async #refresh(): Promise<SessionGrant> {
    try {
      const grant = await this.#deps.runExclusive(() => this.#deps.api.send(refreshRequest, sessionGrantSchema));
      this.#state.set({ kind: 'signedIn', grant });
      return grant;
    } catch (error) {
      if (error instanceof DialbridgeError) {
        const wasSignedIn = this.#state.get().kind === 'signedIn';
        if (isSessionOver(error)) {
          const reason = wasSignedIn ? new DialbridgeError('sessionExpired') : null;
          this.#state.set({ kind: 'signedOut', reason });
        } else if (!wasSignedIn) {
          this.#state.set({ kind: 'signedOut', reason: error });
        }
      }
      throw error;
    }
  }

  #signedOutElsewhere(userId: string): void {
    const state = this.#state.get();
    if (state.kind === 'signedIn' && state.grant.user.id === userId) {
      this.#state.set({ kind: 'signedOut', reason: null });
    }
  }

  #retryStart(signInToken: string | null): void {
    this.#state.set({ kind: 'unreachable' });
    this.#cancelRetry();
    this.#cancelRetry = this.#deps.timers.after(retryAfterMs, () => void this.start(signInToken));
  }
}

function isSessionOver(error: unknown): boolean {
  return (
    error instanceof DialbridgeError &&
    (error.code === 'sessionExpired' || error.code === 'unauthenticated' || error.code === 'wrongCredentials')
  );
}

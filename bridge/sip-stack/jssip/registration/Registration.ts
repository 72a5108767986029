import { EventEmitter } from 'node:events';
import { isDeepStrictEqual } from 'node:util';
import type { RegistrationState, SipDestination, SipRegistration, SipRegistrationEvents } from '../../port/index.ts';
import type { SipRoute } from '../../transport/index.ts';
import type { RegisterExchange, RegisterOutcome } from './RegisterExchange.ts';

export interface RegistrationDeps {
  readonly exchange: RegisterExchange;
  /** The registrar's places, in the order of trying. Rejects with a sentence. */
  readonly locate: () => Promise<readonly SipDestination[]>;
  readonly routeTo: (destination: SipDestination) => Promise<SipRoute>;
  readonly noteFailure: (destination: SipDestination) => void;
  /** [0, 1). */
  readonly random: () => number;
  readonly now: () => number;
  readonly startTimer: (delayMs: number, callback: () => void) => () => void;
  readonly expiresSeconds: number;
  readonly onClosed: () => void;
}

/** RFC 5626 section 4.5 has 30 s and 30 minutes: a telephone line that is down should be back sooner. */
const FIRST_RETRY_MS = 5000;
const LAST_RETRY_MS = 600_000;
const MAX_RETRY_AFTER_MS = 3_600_000;
const UNREGISTER_WAIT_MS = 2000;

/**
 *   trying --200--> registered --refresh at 50 to 90 % of its time--> registered
 *     |                 |  ^
 *     \--refused, silent, time's up--> failed (tried again after 5 s, doubling to 10 min, or Retry-After)
 */
export class Registration extends EventEmitter<SipRegistrationEvents> implements SipRegistration {
  readonly #deps: RegistrationDeps;
  #state: RegistrationState = { state: 'trying', expiresAtMs: null, problem: null };
  #serviceRoute: readonly string[] = [];
  /** By which we are registered. */
  #route: SipRoute | null = null;
  #failures = 0;
  #attempt: Promise<void> | null = null;
  #stopTimer: () => void = () => {};
  #stopExpiry: () => void = () => {};
  #closing: Promise<void> | null = null;

  constructor(deps: RegistrationDeps) {
    super();
    this.#deps = deps;
    // After the caller has put its listener on.
    queueMicrotask(() => this.refresh());
  }

  get state(): RegistrationState {
    return this.#state;
  }

  /** Route of calls to this gateway while we are registered (RFC 3608). */
  get serviceRoute(): readonly string[] {
    return this.#state.expiresAtMs === null ? [] : this.#serviceRoute;
  }

  refresh(): void {
    if (this.#closing !== null || this.#attempt !== null) return;
    this.#stopTimer();
    this.#attempt = this.#register().then((outcome) => {
      this.#attempt = null;
      if (this.#closing === null) this.#settle(outcome);
    });
  }

  close(): Promise<void> {
    return this.closeWithin(UNREGISTER_WAIT_MS);
  }

  /** As `close`, with another time to wait. */
  closeWithin(waitMs: number): Promise<void> {
    this.#closing ??= this.#unregister(waitMs);
    return this.#closing;
  }

  /** Stops without a word: another registration of the same address takes its place. */
  abandon(): void {
    if (this.#closing !== null) return;
    this.#closing = Promise.resolve();
    this.#stopTimers();
  }

  async #unregister(waitMs: number): Promise<void> {
    this.#stopTimers();
    const { exchange, startTimer, onClosed } = this.#deps;
    let stopWaiting = (): void => {};
    const waited = new Promise<void>((resolve) => {
      stopWaiting = startTimer(waitMs, resolve);
    });
    const said = async (): Promise<void> => {
      // A REGISTER under way may still make us known.
      await this.#attempt;
      if (this.#route !== null) await exchange.register(this.#route, 0);
    };
    await Promise.race([said(), waited]);
    stopWaiting();
    this.#state = { state: 'failed', expiresAtMs: null, problem: 'the registration was ended' };
    onClosed();
  }

  /** Each place once, until one answers. */
  async #register(): Promise<RegisterOutcome> {
    const { locate, routeTo, noteFailure, exchange, expiresSeconds } = this.#deps;
    let problem = 'the gateway has no address';
    try {
      for (const destination of await locate()) {
        if (this.#closing !== null) break;
        const route = await routeTo(destination);
        const outcome = await exchange.register(route, expiresSeconds);
        if (outcome.kind === 'registered') this.#route = route;
        if (outcome.kind !== 'silent') return outcome;
        problem = outcome.problem;
        noteFailure(destination);
      }
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error);
    }
    return { kind: 'silent', problem };
  }

  #settle(outcome: RegisterOutcome): void {
    if (outcome.kind === 'registered' && outcome.binding.expiresSeconds > 0) {
      this.#registered(outcome.binding.expiresSeconds, outcome.binding.serviceRoute);
      return;
    }
    const problem = outcome.kind === 'registered' ? 'the gateway forgot us at once' : outcome.problem;
    const retryAfterMs = outcome.kind === 'refused' ? outcome.retryAfterMs : undefined;
    // Where nothing was heard the registrar knows us until the time runs out; one that refuses doesn't.
    const isKnown = outcome.kind === 'silent' && (this.#state.expiresAtMs ?? 0) > this.#deps.now();
    if (!isKnown) this.#stopExpiry();
    this.#tell({ state: 'failed', expiresAtMs: isKnown ? this.#state.expiresAtMs : null, problem });
    this.#failures += 1;
    this.#later(retryAfterMs === undefined ? this.#backOffMs() : Math.min(retryAfterMs, MAX_RETRY_AFTER_MS));
  }

  #registered(expiresSeconds: number, serviceRoute: readonly string[]): void {
    const { now, random, startTimer } = this.#deps;
    const lifeMs = expiresSeconds * 1000;
    const expiresAtMs = now() + lifeMs;
    this.#failures = 0;
    this.#serviceRoute = serviceRoute;
    this.#stopExpiry();
    this.#stopExpiry = startTimer(lifeMs, () => {
      const problem = this.#state.problem ?? 'the registration ran out';
      this.#tell({ state: 'failed', expiresAtMs: null, problem });
    });
    this.#tell({ state: 'registered', expiresAtMs, problem: null });
    this.#later(lifeMs * (0.5 + 0.4 * random()));
  }

  /** Half to all of a time that doubles, so that those who lost the same registrar don't come back together. */
  #backOffMs(): number {
    const longestMs = Math.min(FIRST_RETRY_MS * 2 ** (this.#failures - 1), LAST_RETRY_MS);
    return longestMs * (0.5 + 0.5 * this.#deps.random());
  }

  #later(delayMs: number): void {
    this.#stopTimer();
    this.#stopTimer = this.#deps.startTimer(delayMs, () => this.refresh());
  }

  #stopTimers(): void {
    this.#stopTimer();
    this.#stopExpiry();
  }

  #tell(state: RegistrationState): void {
    if (isDeepStrictEqual(state, this.#state)) return;
    this.#state = state;
    this.emit('changed', state);
  }
}

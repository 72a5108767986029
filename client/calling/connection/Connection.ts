import type { DeviceId } from '../../../shared/domain/index.ts';
import { DialbridgeError, type ErrorCode } from '../../../shared/errors/index.ts';
import {
  type AckData,
  type NotificationName,
  type NotificationPayload,
  protocolVersion,
  type RequestName,
  type RequestPayload,
  requestTimeoutMs,
} from '../../../shared/protocol/index.ts';
import { drop, Emitter, Observable, type Readable, type Timers } from '../../state/index.ts';
import { AckLostError, type DisconnectReason, type Transport } from './Transport.ts';
import { whenReady } from './whenReady.ts';
import { readNotification, sendRequest } from './wire.ts';

export type HelloAnswer = AckData<'session:hello'>;

/**
 * ```
 *  connecting --hello acked--> ready --lost--> reconnecting --hello acked--> ready
 *      \___________________________ refused (version, session over) _________/
 * ```
 */
export type ConnectionState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'ready'; readonly hello: HelloAnswer }
  | { readonly kind: 'reconnecting' }
  | { readonly kind: 'refused'; readonly error: DialbridgeError };

export type ConnectionEvents = {
  /** The bridge knows us (again) and told the present state. */
  ready: HelloAnswer;
} & { [Name in NotificationName]: NotificationPayload<Name> };

export interface ConnectionDeps {
  readonly transport: Transport;
  readonly timers: Timers;
  readonly newId: () => string;
  readonly deviceId: DeviceId;
  readonly clientVersion: string;
  /** For the person's other devices. Absent: the name of the client. */
  readonly deviceName?: () => string;
  /** Language of the person (BCP 47), in which the bridge says errors. Absent: that of the brand. */
  readonly language?: () => string;
  /** A token that is good now. */
  readonly accessToken: () => Promise<string>;
  /** A new token, whatever the present one is. */
  readonly refreshToken: () => Promise<string>;
}

export interface RequestOptions {
  /** How long to try over all attempts, in milliseconds. */
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
}

const defaultDeadlineMs = 30_000;
/** The bridge takes this token no more; another may be better. */
const badTokenCodes: ReadonlySet<ErrorCode> = new Set([
  'sessionExpired',
  'unauthenticated',
  'signedOutEverywhere',
  'accountDisabled',
  'tokenInvalid',
  'embedKeyInvalid',
  'originNotAllowed',
]);
const helloRetryMs = 1_500;
const reopenFirstMs = 500;
const reopenMostMs = 15_000;
/** How long an answer may take when the network is in doubt. */
const checkTimeoutMs = 3_000;

/**
 * The conversation with the call server: says hello on every connection, repeats a request with the same `messageId`
 * when its ack was lost, keeps the token fresh, parses everything that arrives.
 */
export class Connection {
  readonly #deps: ConnectionDeps;
  readonly #state = new Observable<ConnectionState>({ kind: 'connecting' });
  readonly #events = new Emitter<ConnectionEvents>();
  /** Counts connections, so that what belonged to an older one is told apart. */
  #generation = 0;
  #reopenMs = reopenFirstMs;
  #cancelTimer: () => void = () => {};
  #clockOffsetMs = 0;
  #isClosed = false;
  #waitingSinceMs: number | null;
  #reconnectWindowMs: number | null = null;

  constructor(deps: ConnectionDeps) {
    this.#deps = deps;
    this.#waitingSinceMs = deps.timers.now();
    this.#state.subscribe(() => {
      const { kind } = this.#state.get();
      const isWaiting = kind === 'connecting' || kind === 'reconnecting';
      this.#waitingSinceMs = isWaiting ? (this.#waitingSinceMs ?? deps.timers.now()) : null;
    });
    deps.transport.listen({
      connected: () => this.#connected(),
      disconnected: (reason) => this.#disconnected(reason),
      notified: (name, payload) => this.#notified(name, payload),
    });
    this.#events.on('session:expiring', () => drop(this.#renewToken(), 'renewing the session'));
    this.#events.on('session:goingAway', ({ reconnectAfterMs }) => {
      this.#reopenMs = Math.max(reopenFirstMs, reconnectAfterMs);
    });
  }

  get state(): Readable<ConnectionState> {
    return this.#state;
  }

  /** How long there has been no connection and one is being looked for, in milliseconds; 0 where that is not so. */
  get waitingMs(): number {
    return this.#waitingSinceMs === null ? 0 : this.#deps.timers.now() - this.#waitingSinceMs;
  }

  /** While the bridge is away: until when it keeps our calls, by this machine's clock; null otherwise, and where it never told. */
  get callsKeptUntilMs(): number | null {
    const sinceMs = this.#waitingSinceMs;
    const windowMs = this.#reconnectWindowMs;
    return sinceMs === null || windowMs === null ? null : sinceMs + windowMs;
  }

  /** The bridge's clock minus ours, in milliseconds. */
  get clockOffsetMs(): number {
    return this.#clockOffsetMs;
  }

  open(): void {
    this.#deps.transport.open();
  }

  on<Name extends keyof ConnectionEvents>(name: Name, listener: (payload: ConnectionEvents[Name]) => void): () => void {
    return this.#events.on(name, listener);
  }

  /**
   * Sends a request and resolves with the data of its ack. While there is no connection it waits for one.
   * @throws DialbridgeError the bridge's refusal, or `requestTimeout` after the deadline; the signal's reason when aborted
   */
  async request<Name extends RequestName>(
    name: Name,
    payload: Omit<RequestPayload<Name>, 'messageId'>,
    options: RequestOptions = {},
  ): Promise<AckData<Name>> {
    const message = { messageId: this.#deps.newId(), ...payload };
    const deadlineAt = this.#deps.timers.now() + (options.deadlineMs ?? defaultDeadlineMs);
    for (;;) {
      await whenReady(this.#state, { timers: this.#deps.timers, deadlineAt, signal: options.signal });
      const leftMs = deadlineAt - this.#deps.timers.now();
      try {
        return await sendRequest(this.#deps.transport, name, message, Math.min(requestTimeoutMs, leftMs));
      } catch (error) {
        if (!(error instanceof AckLostError)) throw error;
        options.signal?.throwIfAborted();
        if (this.#deps.timers.now() >= deadlineAt) throw new DialbridgeError('requestTimeout', { cause: error });
      }
    }
  }

  /** Round trip to the bridge in milliseconds. */
  async measureRoundTrip(): Promise<number> {
    const startedAt = performance.now();
    await this.request('session:ping', {}, { deadlineMs: requestTimeoutMs });
    return performance.now() - startedAt;
  }

  /** The network went or is another: what was connected is dead, whether it knows already or not. */
  reconnect(): void {
    if (this.#state.get().kind !== 'refused' && !this.#isClosed) this.#deps.transport.reconnect();
  }

  /** The network may have changed: a connection that doesn't answer soon is replaced instead of waited for. */
  async check(): Promise<void> {
    if (this.#state.get().kind === 'refused' || this.#isClosed) return;
    const generation = this.#generation;
    try {
      await sendRequest(this.#deps.transport, 'session:ping', { messageId: this.#deps.newId() }, checkTimeoutMs);
    } catch {
      if (generation === this.#generation && !this.#isClosed) this.#deps.transport.reconnect();
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#generation += 1;
    this.#cancelTimer();
    this.#deps.transport.close();
  }

  #connected(): void {
    this.#generation += 1;
    drop(this.#hello(this.#generation), 'session:hello');
  }

  #disconnected(reason: DisconnectReason): void {
    this.#generation += 1;
    this.#cancelTimer();
    if (this.#state.get().kind === 'refused') return;
    if (this.#state.get().kind === 'ready') this.#state.set({ kind: 'reconnecting' });
    if (reason === 'lost') return;
    // Closed on purpose (token ran out, another tab took over, restart): each time a longer pause, so that two tabs don't fight.
    this.#cancelTimer = this.#deps.timers.after(this.#reopenMs, () => this.#deps.transport.open());
    this.#reopenMs = Math.min(this.#reopenMs * 2, reopenMostMs);
  }

  async #hello(generation: number, isSecondTry = false): Promise<void> {
    try {
      const accessToken = await (isSecondTry ? this.#deps.refreshToken() : this.#deps.accessToken());
      if (generation !== this.#generation) return;
      const hello = await sendRequest(
        this.#deps.transport,
        'session:hello',
        {
          messageId: this.#deps.newId(),
          protocolVersion,
          accessToken,
          deviceId: this.#deps.deviceId,
          client: {
            name: 'dialbridge-dialer',
            version: this.#deps.clientVersion,
            ...(this.#deps.deviceName && { deviceName: this.#deps.deviceName() }),
          },
          ...(this.#deps.language && { language: this.#deps.language() }),
        },
        requestTimeoutMs,
      );
      if (generation !== this.#generation) return;
      this.#clockOffsetMs = hello.serverTimeMs - this.#deps.timers.now();
      this.#reconnectWindowMs = hello.reconnectWindowMs;
      this.#state.set({ kind: 'ready', hello });
      this.#events.emit('ready', hello);
    } catch (error) {
      if (generation === this.#generation) await this.#helloFailed(error, generation, isSecondTry);
    }
  }

  async #helloFailed(error: unknown, generation: number, isSecondTry: boolean): Promise<void> {
    const code = error instanceof DialbridgeError ? error.code : null;
    const isTokenBad = code !== null && badTokenCodes.has(code);
    if (isTokenBad && !isSecondTry) return await this.#hello(generation, true);
    if (error instanceof DialbridgeError && (isTokenBad || code === 'unsupportedVersion')) {
      this.#state.set({ kind: 'refused', error });
      return;
    }
    this.#cancelTimer = this.#deps.timers.after(helloRetryMs, () => {
      if (generation === this.#generation) drop(this.#hello(generation), 'session:hello');
    });
  }

  async #renewToken(): Promise<void> {
    const accessToken = await this.#deps.refreshToken();
    await this.request('session:refresh', { accessToken });
  }

  #notified(name: string, payload: unknown): void {
    const notification = readNotification(name, payload);
    if (notification !== null) this.#events.emit(notification.name, notification.payload as never);
  }
}

import type { Socket } from 'socket.io';
import type { DeviceId, UserId } from '../../shared/domain/index.ts';
import { DialbridgeError, toWireError, translateWireError, type WireError } from '../../shared/errors/index.ts';
import {
  type Ack,
  type AckData,
  type BridgeToClientEvents,
  type ClientToBridgeEvents,
  type NotificationName,
  type NotificationPayload,
  protocolVersion,
  type RequestPayload,
} from '../../shared/protocol/index.ts';
import type { CallClient, ClientChannel } from '../call-server/index.ts';
import { brandFor, type Page, type VerifiedAccess } from '../front-end-server/index.ts';
import { RateLimit } from '../throttle/index.ts';
import type { AckCache } from './AckCache.ts';
import type { ClientGatewayDeps, ClientGatewayOptions } from './ClientGatewayDeps.ts';
import { ConnectionTerm } from './ConnectionTerm.ts';
import { type CallRequestName, callHandlers } from './handlers.ts';
import { clientAddress, type HandshakeOptions, pageOf } from './handshake.ts';
import { type ParsedRequest, parseRequest } from './parseRequest.ts';
import { deadlineMsOf, withDeadline } from './requestDeadline.ts';
import { sayIn } from './sayIn.ts';

export type GatewaySocket = Socket<ClientToBridgeEvents, BridgeToClientEvents>;

export interface ClientConnectionDeps extends Omit<ClientGatewayDeps, 'httpServer'> {
  readonly socket: GatewaySocket;
  readonly ackCache: AckCache;
  /** The gateway's word on new sessions; throws `goingAway`. */
  readonly admit: () => void;
  /** The connection now speaks for this device: an older one of it must go. */
  readonly onHello: (connection: ClientConnection) => void;
}

/** A connection bounds its requests all together. */
const requestRate = 'requests';

/** One connection of one browser tab. Until `session:hello` it may ask for nothing else. */
export class ClientConnection implements ClientChannel {
  readonly #deps: ClientConnectionDeps;
  readonly #options: ClientGatewayOptions;
  readonly #rate: RateLimit;
  readonly #handlers: ReturnType<typeof callHandlers>;
  readonly #handshake: HandshakeOptions;
  readonly #page: Page;
  /** Of the sentences that the person is told (BCP 47). */
  #language = 'en';
  #client: CallClient | undefined;
  #access: VerifiedAccess | undefined;
  readonly #term: ConnectionTerm;
  #isClosed = false;

  constructor(deps: ClientConnectionDeps, options: ClientGatewayOptions) {
    this.#deps = deps;
    this.#options = options;
    const { burst, perSecond } = { burst: 100, perSecond: 50, ...options.rate };
    this.#rate = new RateLimit({ clock: deps.clock, burst, intervalMs: 1000 / perSecond });
    this.#handlers = callHandlers(deps.callServer);
    this.#handshake = {
      isOwnOrigin: options.isOwnOrigin ?? (() => false),
      trustProxy: options.trustProxy ?? false,
    };
    this.#page = pageOf(deps.socket.request, this.#handshake);
    this.#term = new ConnectionTerm(deps.clock, {
      onExpiring: (expiresAtMs) => this.notify('session:expiring', { expiresAtMs }),
      onOver: (reason) => this.close(reason),
    });
    deps.socket.onAny((name: unknown, ...args: unknown[]) => void this.#receive(name, args));
    deps.socket.on('disconnect', (reason) => this.#gone(reason));
  }

  get userId(): UserId | undefined {
    return this.#client?.user.id;
  }

  get deviceId(): DeviceId | undefined {
    return this.#client?.deviceId;
  }

  notify<Name extends NotificationName>(name: Name, payload: NotificationPayload<Name>): void {
    if (this.#isClosed) return;
    // socket.io's types can't follow a name that is still generic; the two maps are derived from the same schemas.
    const emit = this.#deps.socket.emit as (name: string, payload: unknown) => boolean;
    emit.call(this.#deps.socket, name, sayIn(this.#language, name, payload));
  }

  /** Closes the connection after what was already sent. Calls are held for the reconnect window. */
  close(reason: string): void {
    if (this.#isClosed) return;
    this.#deps.logger.debug(
      { reason, userId: this.userId, deviceId: this.deviceId },
      'Closing the connection of a client',
    );
    this.#deps.socket.disconnect(true);
  }

  /** The brand may be another than the client was told: then it is told. */
  repaint(): void {
    if (this.#client === undefined || this.#access === undefined) return;
    const brand = brandFor(this.#client.user, this.#deps.brands.get(this.#access.brandId));
    if (brand === this.#client.brand) return;
    this.#client = { ...this.#client, brand };
    this.notify('session:branding', { brand });
  }

  /**
   * Looks whether the token is still good. Where its sign-in has ended for good the person is told why, and the connection is
   * closed; where it only has to be renewed, it is closed without a word: the page comes back with a new one.
   */
  lookAtRights(): void {
    const end = this.#access && this.#deps.revocations.look(this.#access);
    if (end === undefined) return;
    if (end.isFinal) this.notify('session:ended', { error: toWireError(end.error) });
    this.close(`its rights have ended: ${end.error.code}`);
  }

  /** The one wrapper around every message: nothing that arrives gets past it unparsed, nothing that is thrown out of it unacked. */
  async #receive(name: unknown, args: readonly unknown[]): Promise<void> {
    const ack = args.at(-1);
    if (typeof ack !== 'function') {
      this.#deps.logger.debug({ name: String(name).slice(0, 50) }, 'Dropped a message without an ack function');
      Math.ceil(this.#rate.take(requestRate));
      return;
    }
    const answer = await this.#answer(name, args.slice(0, -1));
    ack(answer);
  }

  async #answer(name: unknown, args: readonly unknown[]): Promise<Ack<unknown>> {
    try {
      const retryAfterMs = Math.ceil(this.#rate.take(requestRate));
      if (retryAfterMs > 0) throw new DialbridgeError('tooManyAttempts', { retryAfterMs });
      const request = parseRequest(name, args);
      return { ok: true, data: await withDeadline(this.#perform(request), deadlineMsOf(request), this.#deps.clock) };
    } catch (error) {
      if (!(error instanceof DialbridgeError) || error.code === 'internal') {
        this.#deps.logger.error({ error, name, userId: this.userId }, 'A request of a client failed');
      }
      return { ok: false, error: this.#say(toWireError(error)) };
    }
  }

  async #perform(request: ParsedRequest): Promise<unknown> {
    switch (request.name) {
      case 'session:hello':
        return this.#hello(request.payload);
      case 'session:refresh':
        return this.#refresh(request.payload);
      case 'session:ping':
        this.#demandClient();
        return { serverTimeMs: this.#deps.clock.now() } satisfies AckData<'session:ping'>;
      default: {
        const client = this.#demandClient();
        const { name, payload } = request;
        const handle = this.#handlers[name] as (
          client: CallClient,
          payload: RequestPayload<CallRequestName>,
        ) => Promise<unknown>;
        const device = JSON.stringify([client.user.id, client.deviceId]);
        return this.#deps.ackCache.run({ device, messageId: payload.messageId, content: request }, () =>
          handle(client, payload),
        );
      }
    }
  }

  /** Says the present state each time it is asked; it is not kept, since each connection has to say it for itself. */
  async #hello(payload: RequestPayload<'session:hello'>): Promise<AckData<'session:hello'>> {
    if (payload.protocolVersion !== protocolVersion) throw new DialbridgeError('unsupportedVersion');
    this.#deps.admit();
    if (payload.language !== undefined) this.#language = payload.language;
    const access = await this.#verify(payload.accessToken);
    const brand = brandFor(access.user, this.#deps.brands.get(access.brandId));
    this.#language = payload.language ?? brand.language;
    const callerNumbers = await this.#deps.callerNumbersOf(access, brand);
    const availability = await this.#deps.callServer.availabilityOf(access.user.id);
    if (this.#isClosed) throw new DialbridgeError('unauthenticated');
    this.#deps.admit();
    const isOther =
      this.#client && (this.#client.user.id !== access.user.id || this.#client.deviceId !== payload.deviceId);
    if (isOther) throw new DialbridgeError('conflict');
    const client: CallClient = {
      user: access.user,
      brand,
      deviceId: payload.deviceId,
      clientName: payload.client.name,
      deviceName: payload.client.deviceName ?? payload.client.name,
      entry: access.entry,
      familyId: access.familyId,
      issuedAtMs: access.issuedAtMs,
      address: clientAddress(this.#deps.socket.request, this.#handshake),
      origin: this.#page.origin,
    };
    const isFirst = this.#client === undefined;
    this.#client = client;
    this.#accept(access);
    const { calls, incomingCalls, elsewhere } = this.#deps.callServer.attach(client, this);
    if (isFirst) {
      // After attach: the older connection's end is then no loss of the device, and its calls aren't held.
      this.#deps.onHello(this);
      const { user, deviceId } = client;
      this.#deps.logger.info(
        { userId: user.id, deviceId, client: payload.client, calls: calls.length },
        'A client connected',
      );
    }
    return {
      protocolVersion,
      callServerId: this.#options.callServerId,
      user: access.user,
      brand,
      iceServers: [...(this.#options.iceServers ?? [])],
      callerNumbers: [...callerNumbers],
      reconnectWindowMs: this.#options.reconnectWindowMs,
      serverTimeMs: this.#deps.clock.now(),
      calls: [...calls],
      incomingCalls: [...incomingCalls],
      availability,
      elsewhere: { devices: [...elsewhere.devices], calls: [...elsewhere.calls] },
    };
  }

  async #refresh({ accessToken }: RequestPayload<'session:refresh'>): Promise<AckData<'session:refresh'>> {
    const client = this.#demandClient();
    const access = await this.#verify(accessToken);
    if (access.user.id !== client.user.id) throw new DialbridgeError('forbidden');
    if (this.#isClosed) throw new DialbridgeError('unauthenticated');
    const { user, entry, familyId, issuedAtMs } = access;
    this.#client = { ...client, user, entry, familyId, issuedAtMs };
    this.#accept(access);
    return { expiresAtMs: access.expiresAtMs };
  }

  /** The token is good, and this page may use it. */
  async #verify(accessToken: string): Promise<VerifiedAccess> {
    const access = await this.#deps.accessTokens.verify(accessToken);
    if (!this.#deps.pageOrigins.fits(access.entry, this.#page)) throw new DialbridgeError('originNotAllowed');
    return access;
  }

  #say(error: WireError): WireError {
    return translateWireError(error, this.#language);
  }

  #accept(access: VerifiedAccess): void {
    this.#access = access;
    this.#term.renew(access.expiresAtMs);
  }

  #demandClient(): CallClient {
    if (this.#client === undefined || this.#access === undefined) throw new DialbridgeError('unauthenticated');
    if (this.#access.expiresAtMs <= this.#deps.clock.now()) throw new DialbridgeError('sessionExpired');
    return this.#client;
  }

  #gone(reason: string): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#term.close();
    if (this.#client === undefined) return;
    this.#deps.logger.info({ userId: this.userId, deviceId: this.deviceId, reason }, 'A client disconnected');
    this.#deps.callServer.detach(this.#client, this);
  }
}

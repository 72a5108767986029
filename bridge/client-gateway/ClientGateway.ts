import { Server } from 'socket.io';
import type { UserId } from '../../shared/domain/index.ts';
import { DialbridgeError } from '../../shared/errors/index.ts';
import type { BridgeToClientEvents, ClientToBridgeEvents, NotificationName } from '../../shared/protocol/index.ts';
import { AckCache } from './AckCache.ts';
import { ClientConnection } from './ClientConnection.ts';
import { type ClientGatewayDeps, type ClientGatewayOptions, maxMessageBytes } from './ClientGatewayDeps.ts';
import { pageOf } from './handshake.ts';

/** Notifications that say only that something changed. */
type ChangeName = Extract<NotificationName, `${string}:changed`>;

/** The socket.io server: all connections of all browsers of this call server. */
export class ClientGateway {
  readonly #deps: ClientGatewayDeps;
  readonly #io: Server<ClientToBridgeEvents, BridgeToClientEvents>;
  readonly #ackCache: AckCache;
  readonly #connections = new Set<ClientConnection>();
  /** Those that said hello, so that telling one user costs what that user's devices cost. */
  readonly #byUser = new Map<UserId, Set<ClientConnection>>();
  /** Users who are about to be told of a change. */
  readonly #changes = new Set<string>();
  #goingAwayForMs: number | undefined;
  #closing: Promise<void> | undefined;

  /** Starts to listen on the HTTP server's `/socket.io/`. Give the HTTP server its own request listener before. */
  constructor(deps: ClientGatewayDeps, options: ClientGatewayOptions) {
    this.#deps = deps;
    this.#ackCache = new AckCache({ clock: deps.clock });
    const { isOwnOrigin = () => false, trustProxy = false } = options;
    this.#io = new Server(deps.httpServer, {
      serveClient: false,
      perMessageDeflate: false,
      maxHttpBufferSize: maxMessageBytes,
      pingInterval: options.heartbeat?.intervalMs ?? 10_000,
      pingTimeout: options.heartbeat?.timeoutMs ?? 8_000,
      allowRequest: (req, answer) => {
        const { origin, isOwn } = pageOf(req, { isOwnOrigin, trustProxy });
        const isAllowed = origin === null || isOwn || deps.pageOrigins.isKnown(origin);
        answer(isAllowed ? null : 'this origin may not connect', isAllowed);
      },
      // Long polling from another origin needs it. Which page may use which token is looked at when it says hello.
      cors: {
        origin: (origin, answer) => {
          const isAllowed = origin !== undefined && (isOwnOrigin(origin) || deps.pageOrigins.isKnown(origin));
          answer(null, isAllowed);
        },
      },
    });
    deps.revocations.events.on('read', this.#endRights);
    this.#io.on('connection', (socket) => {
      const connection = new ClientConnection(
        {
          ...deps,
          socket,
          ackCache: this.#ackCache,
          admit: () => this.#admit(),
          onHello: (one) => this.#greeted(one),
        },
        options,
      );
      this.#connections.add(connection);
      socket.on('disconnect', () => this.#forget(connection));
    });
  }

  /** Ends what those have open whose rights have ended: signed out, switched off, changed. */
  readonly #endRights = (): void => {
    const { callServer, revocations } = this.#deps;
    // First: the person is told how the call ended before the connection goes.
    callServer.release((client) => revocations.look({ ...client, brandId: client.brand.id })?.isFinal === true);
    for (const connection of [...this.#connections]) connection.lookAtRights();
  };

  /** Connections that are open, whether they said hello or not. */
  get connectionCount(): number {
    return this.#connections.size;
  }

  /** Tells every device of a user that it should look again. What changes in one turn, such as many records at once, is told once. */
  notifyUser(userId: UserId, name: ChangeName): void {
    const key = `${name} ${userId}`;
    if (this.#changes.has(key)) return;
    this.#changes.add(key);
    queueMicrotask(() => {
      this.#changes.delete(key);
      for (const connection of this.#byUser.get(userId) ?? []) connection.notify(name, {});
    });
  }

  /** Tells everybody that this call server stops, and takes no new sessions. Running calls are not touched. */
  announceGoingAway(reconnectAfterMs: number): void {
    this.#goingAwayForMs = reconnectAfterMs;
    for (const connection of this.#connections) {
      if (connection.userId !== undefined) connection.notify('session:goingAway', { reconnectAfterMs });
    }
  }

  /** Brands have changed: the clients of those are told. */
  repaint(): void {
    for (const connection of this.#connections) connection.repaint();
  }

  /** Closes every connection after what was already sent to it. The HTTP server stays open. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#goingAwayForMs ??= 0;
    this.#deps.revocations.events.off('read', this.#endRights);
    for (const connection of [...this.#connections]) connection.close('the call server stops');
    this.#ackCache.close();
    // Not io.close(): it would close the HTTP server, which isn't ours.
    await this.#io.of('/').adapter.close();
    this.#io.engine.close();
    this.#io.removeAllListeners();
    this.#deps.logger.debug({}, 'The client gateway is closed');
  }

  #admit(): void {
    if (this.#goingAwayForMs !== undefined)
      throw new DialbridgeError('goingAway', { retryAfterMs: this.#goingAwayForMs });
  }

  /** The connection now speaks for its device: an older one of the same device goes. */
  #greeted(newer: ClientConnection): void {
    if (newer.userId === undefined) return;
    const ofUser = this.#byUser.get(newer.userId) ?? new Set();
    this.#byUser.set(newer.userId, ofUser);
    for (const older of [...ofUser]) {
      if (older.deviceId === newer.deviceId) older.close('the same device connected again');
    }
    ofUser.add(newer);
    // Closing the last older one may have taken the user's entry away.
    this.#byUser.set(newer.userId, ofUser);
  }

  #forget(connection: ClientConnection): void {
    this.#connections.delete(connection);
    if (connection.userId === undefined) return;
    const ofUser = this.#byUser.get(connection.userId);
    ofUser?.delete(connection);
    if (ofUser?.size === 0) this.#byUser.delete(connection.userId);
  }
}

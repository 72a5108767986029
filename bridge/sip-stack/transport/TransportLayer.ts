import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import type { SipRequest } from '../message/index.ts';
import type { SipListener, SipStackCounters } from '../port/index.ts';
import { Inbound } from './inbound/Inbound.ts';
import { DeadLink } from './links/DeadLink.ts';
import type { Link } from './links/Link.ts';
import { LargeRequests } from './outbound/LargeRequests.ts';
import { Outbound } from './outbound/Outbound.ts';
import { isWildcard, resolveRoute } from './resolveRoute.ts';
import type {
  ClientTransaction,
  SipRoute,
  SipTarget,
  SipTransportHoldings,
  SipTransportLayer,
  SipTransportLayerDeps,
  SipTransportLayerEvents,
  SipTransportLayerOptions,
  WireMessage,
} from './SipTransportLayer.ts';
import { StreamConnections } from './streams/StreamConnections.ts';
import { StreamLink } from './streams/StreamLink.ts';
import { TcpListener } from './streams/TcpListener.ts';
import { TimerSet } from './TimerSet.ts';
import { TlsIdentities } from './tls/TlsIdentity.ts';
import { TlsListener } from './tls/TlsListener.ts';
import { UdpLink } from './udp/UdpLink.ts';
import { UdpListener } from './udp/UdpListener.ts';

const CONNECT_TIMEOUT_MS = 5000;
const CONNECTION_IDLE_MS = 15 * 60_000;
const MAX_INBOUND_CONNECTIONS = 1000;
const MAX_SERVER_TRANSACTIONS = 20_000;
const TOKEN_BYTES = 16;
const TOKENS_AT_ONCE = 64;

/** Owns sockets and transactions; `Inbound` sorts what comes. */
export class TransportLayer extends EventEmitter<SipTransportLayerEvents> implements SipTransportLayer {
  readonly bound: SipListener[] = [];
  onWire: ((message: WireMessage) => void) | null = null;
  readonly #deps: SipTransportLayerDeps;
  readonly #options: SipTransportLayerOptions;
  readonly #timers: TimerSet;
  /** For connections, apart from the transactions' timers: an idle connection is no leak. */
  readonly #connectionTimers: TimerSet;
  readonly #udp: UdpListener[] = [];
  readonly #streams: (TcpListener | TlsListener)[] = [];
  readonly #connections: StreamConnections;
  readonly #identities = new TlsIdentities();
  readonly #inbound: Inbound;
  readonly #counts = { messagesIn: 0, messagesOut: 0, retransmissionsOut: 0, malformedIn: 0, strangersIn: 0 };
  readonly #outbound: Outbound;
  /** Drawn in bulk, which costs hardly more than drawing once; each octet is used once. */
  #randomness: Uint8Array = new Uint8Array();
  #isClosed = false;

  private constructor(deps: SipTransportLayerDeps, options: SipTransportLayerOptions) {
    super();
    this.#deps = deps;
    this.#options = options;
    const onError = (error: unknown) => deps.logger.error({ error }, 'a SIP timer failed');
    this.#timers = new TimerSet(deps.clock, onError);
    this.#connectionTimers = new TimerSet(deps.clock, onError);
    this.#outbound = new Outbound({
      timers: this.#timers,
      connectionTimers: this.#connectionTimers,
      large: new LargeRequests({ clock: deps.clock, listeners: this.bound }),
      token: () => this.token(),
      openLink: (route, isPatient) => this.#openLink(route, isPatient),
      connectionTo: (route) => this.#connectionTo(route),
      onRetransmission: () => {
        this.#counts.retransmissionsOut += 1;
      },
    });
    this.#inbound = new Inbound({
      layer: this,
      timers: this.#timers,
      counts: this.#counts,
      logger: deps.logger,
      screen: deps.screen,
      announcedHost: options.announcedHost,
      maxServerTransactions: options.maxServerTransactions ?? MAX_SERVER_TRANSACTIONS,
      findClient: (key) => this.#outbound.find(key),
      counted: (link, way) => this.#counted(link, way),
      connectBack: (to) => this.#connections.to({ ...to, family: to.address.includes(':') ? 6 : 4 }),
    });
    this.#connections = new StreamConnections({
      timers: this.#connectionTimers,
      identities: this.#identities,
      isKnown: (address) => deps.screen?.isKnown(address) ?? true,
      connectTimeoutMs: options.connectTimeoutMs ?? CONNECT_TIMEOUT_MS,
      idleMs: options.connectionIdleMs ?? CONNECTION_IDLE_MS,
      onMessage: (bytes, connection, from) => this.#inbound.fromConnection(bytes, connection, from),
      onBroken: (broken, connection, from) => this.#inbound.broken(broken, connection, from),
    });
  }

  static async create(deps: SipTransportLayerDeps, options: SipTransportLayerOptions): Promise<TransportLayer> {
    const layer = new TransportLayer(deps, options);
    try {
      for (const listener of options.listen) await layer.#listen(listener);
      return layer;
    } catch (error) {
      await layer.close();
      throw error;
    }
  }

  async #listen(listener: SipListener): Promise<void> {
    // Port 0 for both transports means the same free port where that can be had.
    const twin = listener.port === 0 ? this.bound.find((other) => other.host === listener.host) : undefined;
    const wanted = twin === undefined ? listener : { ...listener, port: twin.port };
    try {
      await this.#bind(wanted);
    } catch (error) {
      if (twin === undefined) throw error;
      await this.#bind(listener);
    }
  }

  async #bind(listener: SipListener): Promise<void> {
    if (listener.transport === 'udp') {
      const udp: UdpListener = await UdpListener.create({
        listener,
        onDatagram: (bytes, from) => this.#inbound.fromDatagram(bytes, udp, from),
      });
      this.#udp.push(udp);
      this.bound.push(udp.bound);
      return;
    }
    const stream = await this.#listenForStreams(listener);
    this.#streams.push(stream);
    this.bound.push(stream.bound);
  }

  #listenForStreams(listener: SipListener): Promise<TcpListener | TlsListener> {
    const { tls, maxInboundConnections: maxConnections = MAX_INBOUND_CONNECTIONS } = this.#options;
    const onSocket = (socket: Socket) => this.#connections.accept(socket, listener.transport === 'tls' ? 'tls' : 'tcp');
    if (listener.transport !== 'tls') return TcpListener.create({ listener, onSocket, maxConnections });
    if (tls === undefined) throw new Error('a TLS listener needs a certificate and its key');
    return TlsListener.create({
      listener,
      ...tls,
      onSocket,
      isWelcome: (address) => this.#deps.screen?.welcomes(address) ?? true,
      maxConnections,
    });
  }

  resolve(target: SipTarget): Promise<SipRoute> {
    const { announcedHost } = this.#options;
    return resolveRoute(target, {
      lookup: this.#deps.lookup,
      listeners: this.bound,
      announcedHost,
      identities: this.#identities,
    });
  }

  send(request: SipRequest, route: SipRoute): ClientTransaction {
    return this.#outbound.send(request, route);
  }

  #openLink(route: SipRoute, isPatient: boolean): Link {
    if (this.#isClosed) return new DeadLink();
    if (route.transport !== 'udp') {
      const reconnect = () => this.#connectionTo(route);
      return this.#counted(
        new StreamLink({ connection: reconnect(), reconnect, ...(isPatient && { timers: this.#connectionTimers }) }),
        wayOf(route),
      );
    }
    const listener = this.#udp.find((udp) => udp.bound === route.listener);
    if (listener === undefined) throw new TypeError('the route belongs to another layer');
    return this.#counted(new UdpLink(listener, route), wayOf(route));
  }

  #connectionTo(route: SipRoute) {
    const { host } = route.listener;
    return this.#connections.to({ ...route, ...(isWildcard(host) ? {} : { localAddress: host }) });
  }

  #counted(link: Link, way: Way): Link {
    const send = link.send.bind(link);
    link.send = (text) => {
      this.#counts.messagesOut += 1;
      this.onWire?.({ ...way, direction: 'sent', text });
      send(text);
    };
    return link;
  }

  async connect(route: SipRoute): Promise<void> {
    if (this.#isClosed) throw new Error('the stack is closed');
    if (route.transport === 'udp') return;
    const connection = this.#connectionTo(route);
    if (connection.isOpen) return;
    await new Promise<void>((resolve, reject) => {
      connection.once('opened', resolve);
      connection.once('closed', ({ reason }) => reject(new Error(reason)));
    });
  }

  disconnect(route: SipRoute): void {
    if (route.transport !== 'udp') this.#connections.find(route)?.close('no longer needed');
  }

  token(): string {
    if (this.#randomness.length < TOKEN_BYTES) this.#randomness = this.#deps.randomBytes(TOKEN_BYTES * TOKENS_AT_ONCE);
    const octets = this.#randomness.subarray(0, TOKEN_BYTES);
    this.#randomness = this.#randomness.subarray(TOKEN_BYTES);
    return Buffer.from(octets).toString('hex');
  }

  holdings(): SipTransportHoldings {
    return {
      clientTransactions: this.#outbound.size,
      serverTransactions: this.#inbound.size,
      connections: this.#connections.size,
      timers: this.#timers.size,
    };
  }

  counters(): SipStackCounters {
    return { ...this.#counts };
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#outbound.close();
    this.#inbound.close();
    this.#connections.close();
    this.#timers.clear();
    this.#connectionTimers.clear();
    await Promise.all([...this.#udp, ...this.#streams].map((listener) => listener.close()));
  }
}

type Way = Omit<WireMessage, 'direction' | 'text'>;

function wayOf({ transport, local, address, port, peerId }: SipRoute): Way {
  return { transport, local: { address: local.host, port: local.port }, remote: { address, port }, peerId };
}

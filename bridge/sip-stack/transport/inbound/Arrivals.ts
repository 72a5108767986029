import type { Link } from '../links/Link.ts';
import { announcedToward, familyOf, isWildcard, localAddressToward } from '../resolveRoute.ts';
import type { SipSource, SipTransportLayer, WireMessage } from '../SipTransportLayer.ts';
import type { StreamConnection } from '../streams/StreamConnection.ts';
import { StreamLink } from '../streams/StreamLink.ts';
import { UdpLink } from '../udp/UdpLink.ts';
import type { UdpListener } from '../udp/UdpListener.ts';

/** Where a message came from and how an answer goes back. */
export interface Arrival {
  readonly source: SipSource;
  readonly local: { readonly host: string; readonly port: number };
  /** For a request with this sent-by port in its Via, and whether `rport` was asked for. */
  readonly openReply: (via: { sentByPort: number; hasRport: boolean }) => Link;
}

interface ArrivalsDeps {
  readonly layer: Pick<SipTransportLayer, 'bound'>;
  readonly announcedHost: string | undefined;
  readonly connectBack: (to: { address: string; port: number }) => StreamConnection;
}

interface Sender {
  readonly address: string;
  readonly port: number;
}

export const DEFAULT_SIP_PORT = 5060;
const MAX_KNOWN_LOCALS = 1000;

/** Knows what we are to whoever sent something, and the way back. */
export class Arrivals {
  readonly #deps: ArrivalsDeps;
  /** Our own address toward others, where the listener is bound to all of them. */
  readonly #locals = new Map<string, string>();

  constructor(deps: ArrivalsDeps) {
    this.#deps = deps;
  }

  /** Calls back at once, but for the first datagram from an address where the listener is bound to all of ours. */
  ofDatagram(listener: UdpListener, from: Sender, arrived: (arrival: Arrival) => void): void {
    const arrive = (host: string): void =>
      arrived({
        source: sourceOf('udp', from),
        local: { host, port: listener.bound.port },
        openReply: ({ sentByPort, hasRport }) =>
          new UdpLink(listener, { address: from.address, port: hasRport ? from.port : sentByPort }),
      });
    const known =
      announcedToward(from.address, this.#deps.announcedHost) ??
      (isWildcard(listener.bound.host) ? this.#locals.get(from.address) : listener.bound.host);
    if (known !== undefined) arrive(known);
    else this.#learnLocal(from.address, listener.bound.host).then(arrive);
  }

  async #learnLocal(address: string, otherwise: string): Promise<string> {
    const local = await localAddressToward(address).catch(() => otherwise);
    if (this.#locals.size >= MAX_KNOWN_LOCALS) this.#locals.clear();
    this.#locals.set(address, local);
    return local;
  }

  ofStream(connection: StreamConnection, from: Sender): Arrival {
    const { layer, announcedHost, connectBack } = this.#deps;
    const { transport } = connection;
    const listener = layer.bound.find(
      (bound) => bound.transport === transport && familyOf(bound.host) === familyOf(from.address),
    );
    return {
      source: sourceOf(transport, from),
      local: {
        host: announcedToward(from.address, announcedHost) ?? connection.localAddress ?? '127.0.0.1',
        port: listener?.port ?? DEFAULT_SIP_PORT,
      },
      openReply: ({ sentByPort }) =>
        // A response goes back by its connection, else by a new one to the sent-by port (RFC 3261 section 18.2.2). Not under
        // TLS: nobody knows what the certificate there should name.
        new StreamLink({
          connection,
          reconnect: () => (transport === 'tls' ? null : connectBack({ address: from.address, port: sentByPort })),
        }),
    };
  }
}

export function sourceOf(transport: SipSource['transport'], { address, port }: Sender): SipSource {
  return { transport, address, port };
}

export function wayOf({ source, local }: Arrival): Omit<WireMessage, 'direction' | 'text'> {
  const { transport, ...remote } = source;
  return { transport, remote, local: { address: local.host, port: local.port }, peerId: undefined };
}

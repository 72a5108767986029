import { once } from 'node:events';
import { createServer, type Server, type TLSSocket } from 'node:tls';
import type { SipListener } from '../../port/index.ts';

interface TlsListenerOptions {
  readonly listener: SipListener;
  readonly certificate: string;
  readonly privateKey: string;
  /** Encrypted by now. */
  readonly onSocket: (socket: TLSSocket) => void;
  /** False: nothing more is taken from there, and no handshake is made. */
  readonly isWelcome: (address: string) => boolean;
  readonly maxConnections: number;
}

/** Who is slower than this isn't a gateway. */
const HANDSHAKE_TIMEOUT_MS = 10_000;

/** One bound TLS server. Connections belong to whoever takes them. */
export class TlsListener {
  readonly bound: SipListener;
  readonly #server: Server;

  private constructor(server: Server, bound: SipListener) {
    this.#server = server;
    this.bound = bound;
  }

  /** Rejects when the address can't be bound, or certificate and key can't be used. */
  static async create(options: TlsListenerOptions): Promise<TlsListener> {
    const { listener, certificate, privateKey, isWelcome, maxConnections } = options;
    const server = createServer(
      {
        cert: certificate,
        key: privateKey,
        minVersion: 'TLSv1.2',
        noDelay: true,
        handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
      },
      (socket) => options.onSocket(socket),
    );
    server.maxConnections = maxConnections;
    // A handshake costs a hundred times what a message does.
    server.prependListener('connection', (socket) => {
      if (!isWelcome(socket.remoteAddress ?? '')) socket.destroy();
    });
    // Whoever fails at it is gone already.
    server.on('tlsClientError', () => {});
    server.listen({ port: listener.port, host: listener.host, ipv6Only: listener.host.includes(':') });
    await once(server, 'listening');
    server.on('error', () => {});
    const address = server.address();
    const port = address !== null && typeof address === 'object' ? address.port : listener.port;
    return new TlsListener(server, { ...listener, port });
  }

  /** The connections must be closed by their owner, before or after. */
  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    await closed;
  }
}

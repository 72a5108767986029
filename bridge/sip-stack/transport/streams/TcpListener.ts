import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import type { SipListener } from '../../port/index.ts';

interface TcpListenerOptions {
  readonly listener: SipListener;
  readonly onSocket: (socket: Socket) => void;
  readonly maxConnections: number;
}

/** One bound TCP server. Connections belong to whoever takes them. */
export class TcpListener {
  readonly bound: SipListener;
  readonly #server: Server;

  private constructor(server: Server, bound: SipListener) {
    this.#server = server;
    this.bound = bound;
  }

  /** Rejects when the address can't be bound. */
  static async create(options: TcpListenerOptions): Promise<TcpListener> {
    const { listener } = options;
    const server = createServer({ noDelay: true, keepAlive: true }, (socket) => options.onSocket(socket));
    server.maxConnections = options.maxConnections;
    server.listen({ port: listener.port, host: listener.host, ipv6Only: listener.host.includes(':') });
    await once(server, 'listening');
    server.on('error', () => {});
    const address = server.address();
    const port = address !== null && typeof address === 'object' ? address.port : listener.port;
    return new TcpListener(server, { ...listener, port });
  }

  /** The connections must be closed by their owner, before or after. */
  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    await closed;
  }
}

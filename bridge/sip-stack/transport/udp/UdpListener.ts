import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { SipListener } from '../../port/index.ts';

interface UdpListenerOptions {
  readonly listener: SipListener;
  readonly onDatagram: (bytes: Buffer, from: { address: string; port: number }) => void;
}

/** One bound UDP socket. */
export class UdpListener {
  readonly bound: SipListener;
  readonly #socket: Socket;

  private constructor(socket: Socket, bound: SipListener) {
    this.#socket = socket;
    this.bound = bound;
  }

  /** Rejects when the address can't be bound. */
  static async create(options: UdpListenerOptions): Promise<UdpListener> {
    const { listener } = options;
    const family = listener.host.includes(':') ? 6 : 4;
    const socket = createSocket({
      type: family === 6 ? 'udp6' : 'udp4',
      ipv6Only: family === 6,
      // Only addresses come here; asking for nothing lets a datagram leave before send() returns.
      lookup: (address, _options, callback) => callback(null, address, family),
    });
    // Asked for before binding, which the lookup above lets happen at once.
    const listening = once(socket, 'listening');
    socket.bind(listener.port, listener.host);
    await listening;
    // ICMP errors of some platforms; the transaction that suffers hears of it by its timer.
    socket.on('error', () => {});
    socket.on('message', (bytes, from) => options.onDatagram(bytes, from));
    return new UdpListener(socket, { ...listener, port: socket.address().port });
  }

  send(text: string, to: { address: string; port: number }, onError: (reason: string) => void): void {
    try {
      this.#socket.send(text, to.port, to.address, (error: NodeJS.ErrnoException | null) => {
        if (error !== null) onError(error.code ?? error.message);
      });
    } catch {
      process.nextTick(onError, 'the socket is closed');
    }
  }

  async close(): Promise<void> {
    const closed = once(this.#socket, 'close');
    this.#socket.close();
    await closed;
  }
}

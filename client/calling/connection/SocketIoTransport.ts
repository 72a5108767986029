import { io, type Socket } from 'socket.io-client';
import { type NotificationName, notifications } from '../../../shared/protocol/index.ts';
import { AckLostError, type Transport, type TransportListener } from './Transport.ts';

/** The transport over socket.io: WebSocket, and HTTP long-polling where that is blocked. The only importer of its client. */
export class SocketIoTransport implements Transport {
  readonly #socket: Socket;
  readonly #waiting = new Set<() => void>();

  constructor(url: string) {
    this.#socket = io(url, {
      autoConnect: false,
      forceNew: true,
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
      reconnectionDelay: 300,
      reconnectionDelayMax: 4_000,
      timeout: 8_000,
    });
  }

  listen(listener: TransportListener): void {
    this.#socket.on('connect', () => listener.connected());
    this.#socket.on('disconnect', (reason) => {
      this.#loseAcks();
      listener.disconnected(reason === 'io server disconnect' ? 'closedByBridge' : 'lost');
    });
    for (const name of Object.keys(notifications) as NotificationName[]) {
      this.#socket.on(name, (payload: unknown) => listener.notified(name, payload));
    }
  }

  open(): void {
    this.#socket.connect();
  }

  send(name: string, payload: unknown, timeoutMs: number): Promise<unknown> {
    // socket.io would keep the message until the next connection, where it must not go before `session:hello`.
    if (!this.#socket.connected) return Promise.reject(new AckLostError());
    return new Promise((resolve, reject) => {
      const lose = () => reject(new AckLostError());
      this.#waiting.add(lose);
      this.#socket.timeout(timeoutMs).emit(name, payload, (error: Error | null, answer: unknown) => {
        this.#waiting.delete(lose);
        if (error) lose();
        else resolve(answer);
      });
    });
  }

  reconnect(): void {
    this.#socket.disconnect();
    this.#loseAcks();
    this.#socket.connect();
  }

  close(): void {
    this.#socket.removeAllListeners();
    this.#socket.disconnect();
    this.#loseAcks();
  }

  #loseAcks(): void {
    for (const lose of this.#waiting) lose();
    this.#waiting.clear();
  }
}

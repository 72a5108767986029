import { connect, type Socket } from 'node:net';
import { formatHost } from '../../message/index.ts';
import type { TimerSet } from '../TimerSet.ts';
import { StreamConnection } from './StreamConnection.ts';

interface StreamConnectionsDeps {
  readonly timers: TimerSet;
  readonly connectTimeoutMs: number;
  readonly idleMs: number;
  readonly onMessage: (bytes: Buffer, connection: StreamConnection, from: { address: string; port: number }) => void;
  readonly onBroken: (
    broken: { problem: string; head?: Buffer },
    connection: StreamConnection,
    from: { address: string; port: number },
  ) => void;
}

interface Destination {
  readonly address: string;
  readonly port: number;
  readonly family: 4 | 6;
  /** Our address to connect from; the system's choice where absent. */
  readonly localAddress?: string;
}

/** Every TCP connection of the stack, ours and theirs, by the address of the other end. */
export class StreamConnections {
  readonly #deps: StreamConnectionsDeps;
  readonly #all = new Set<StreamConnection>();
  readonly #byRemote = new Map<string, StreamConnection>();

  constructor(deps: StreamConnectionsDeps) {
    this.#deps = deps;
  }

  get size(): number {
    return this.#all.size;
  }

  /** A connection that someone opened to us. */
  accept(socket: Socket): void {
    const { remoteAddress, remotePort } = socket;
    if (remoteAddress === undefined || remotePort === undefined) {
      socket.destroy();
      return;
    }
    this.#adopt(socket, { address: remoteAddress, port: remotePort });
  }

  /** The open or opening connection to there, or a new one. */
  to(destination: Destination): StreamConnection {
    const existing = this.find(destination);
    if (existing !== undefined) return existing;
    const socket = connect({
      host: destination.address,
      port: destination.port,
      family: destination.family,
      noDelay: true,
      keepAlive: true,
      ...(destination.localAddress === undefined ? {} : { localAddress: destination.localAddress }),
    });
    return this.#adopt(socket, destination);
  }

  find(remote: { address: string; port: number }): StreamConnection | undefined {
    return this.#byRemote.get(formatHost(remote.address, remote.port));
  }

  close(): void {
    for (const connection of [...this.#all]) connection.close('the stack is closed');
  }

  #adopt(socket: Socket, remote: { address: string; port: number }): StreamConnection {
    const { timers, connectTimeoutMs, idleMs, onMessage, onBroken } = this.#deps;
    const connection = new StreamConnection({ socket, timers, connectTimeoutMs, idleMs });
    const key = formatHost(remote.address, remote.port);
    this.#all.add(connection);
    this.#byRemote.set(key, connection);
    // First of all listeners, so that nobody is told to reconnect while the dead one is still found here.
    connection.on('closed', () => {
      this.#all.delete(connection);
      if (this.#byRemote.get(key) === connection) this.#byRemote.delete(key);
    });
    connection.on('message', (bytes) => onMessage(bytes, connection, remote));
    connection.on('broken', (broken) => {
      onBroken(broken, connection, remote);
      connection.end(broken.problem);
    });
    return connection;
  }
}

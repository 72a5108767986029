import type { Socket } from 'node:net';
import { formatHost } from '../../message/index.ts';
import type { TimerSet } from '../TimerSet.ts';
import type { TlsIdentities } from '../tls/TlsIdentity.ts';
import { openSocket, type StreamDestination } from './openSocket.ts';
import { StreamConnection } from './StreamConnection.ts';

interface StreamConnectionsDeps {
  readonly timers: TimerSet;
  readonly identities: TlsIdentities;
  readonly connectTimeoutMs: number;
  readonly idleMs: number;
  /** Others may have few connections, and not for long unless something comes of them. */
  readonly isKnown: (address: string) => boolean;
  readonly onMessage: (bytes: Buffer, connection: StreamConnection, from: { address: string; port: number }) => void;
  readonly onBroken: (
    broken: { problem: string; head?: Buffer },
    connection: StreamConnection,
    from: { address: string; port: number },
  ) => void;
}

/** Connections that nobody whom we know has open with us, and how long each may say nothing that is taken. */
export const MAX_STRANGERS = 100;
export const STRANGER_PROBATION_MS = 10_000;

/** Every connection of the stack, ours and theirs, by the address of the other end and, for TLS, by who we are to each other. */
export class StreamConnections {
  readonly #deps: StreamConnectionsDeps;
  readonly #all = new Set<StreamConnection>();
  #strangers = 0;
  readonly #byRemote = new Map<string, StreamConnection>();

  constructor(deps: StreamConnectionsDeps) {
    this.#deps = deps;
  }

  get size(): number {
    return this.#all.size;
  }

  /** A connection that someone opened to us. */
  accept(socket: Socket, transport: 'tcp' | 'tls'): void {
    const { remoteAddress, remotePort } = socket;
    const isStranger = remoteAddress === undefined || !this.#deps.isKnown(remoteAddress);
    if (remoteAddress === undefined || remotePort === undefined || (isStranger && this.#strangers >= MAX_STRANGERS)) {
      socket.destroy();
      return;
    }
    const remote = { address: remoteAddress, port: remotePort };
    // Who opened a TLS connection to us has shown no certificate, so nothing of ours is sent over it unasked.
    const key = transport === 'tcp' ? keyOf(remote) : `${keyOf(remote)} theirs`;
    const connection = this.#adopt({ socket, transport, key, remote, isOpen: true });
    if (!isStranger) return;
    this.#strangers += 1;
    connection.onProbation(STRANGER_PROBATION_MS);
    connection.once('closed', () => {
      this.#strangers -= 1;
    });
  }

  /** The open or opening connection to there, or a new one. */
  to(destination: StreamDestination): StreamConnection {
    const existing = this.find(destination);
    if (existing !== undefined) return existing;
    const socket = openSocket(destination, this.#deps.identities);
    const transport = destination.tls === undefined ? 'tcp' : 'tls';
    return this.#adopt({ socket, transport, key: keyOf(destination), remote: destination, isOpen: false });
  }

  find(remote: Pick<StreamDestination, 'address' | 'port' | 'tls'>): StreamConnection | undefined {
    return this.#byRemote.get(keyOf(remote));
  }

  close(): void {
    for (const connection of [...this.#all]) connection.close('the stack is closed');
  }

  #adopt({ socket, transport, key, remote, isOpen }: Adopted): StreamConnection {
    const { timers, connectTimeoutMs, idleMs, onMessage, onBroken } = this.#deps;
    const connection = new StreamConnection({
      socket,
      transport,
      isOpen,
      isOurs: !isOpen,
      timers,
      connectTimeoutMs,
      idleMs,
    });
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

interface Adopted {
  readonly socket: Socket;
  readonly transport: 'tcp' | 'tls';
  readonly key: string;
  readonly remote: { readonly address: string; readonly port: number };
  readonly isOpen: boolean;
}

function keyOf({ address, port, tls }: Pick<StreamDestination, 'address' | 'port' | 'tls'>): string {
  return `${formatHost(address, port)}${tls === undefined ? '' : ` ${tls.key}`}`;
}

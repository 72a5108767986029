import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, connect as openTcp, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, connect as openTls, type TlsOptions } from 'node:tls';
import { parseMessage, type SipMessage, type SipRequest, type SipResponse } from '../../message/index.ts';
import { StreamFramer } from '../streams/StreamFramer.ts';

/** Where the next `send` of a peer goes: back to whoever sent this message. */
export type Reply = (text: string) => void;

interface Received {
  readonly message: SipMessage;
  readonly reply: Reply;
}

/** A SIP peer of bare sockets for tests: keeps everything that it hears and answers only what the test says. */
export class RawPeer {
  readonly port: number;
  readonly heard: Received[] = [];
  /** Asked for in TLS handshakes. */
  readonly serverNames: string[] = [];
  /** Called for every message heard. */
  onMessage: (message: SipMessage, reply: Reply) => void = () => {};
  readonly #udp: UdpSocket | null;
  readonly #server: Server | null;
  readonly #sockets = new Set<Socket>();
  #waiters: (() => void)[] = [];

  private constructor(udp: UdpSocket | null, server: Server | null, port: number) {
    this.#udp = udp;
    this.#server = server;
    this.port = port;
  }

  static async udp(host = '127.0.0.1'): Promise<RawPeer> {
    const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
    socket.bind(0, host);
    await once(socket, 'listening');
    const peer = new RawPeer(socket, null, socket.address().port);
    socket.on('message', (bytes, from) => peer.#hear(bytes, (text) => socket.send(text, from.port, from.address)));
    return peer;
  }

  static async tcp(host = '127.0.0.1', port = 0): Promise<RawPeer> {
    const server = createServer();
    server.listen(port, host);
    await once(server, 'listening');
    const address = server.address();
    const peer = new RawPeer(null, server, typeof address === 'object' && address !== null ? address.port : 0);
    server.on('connection', (socket) => peer.#adopt(socket));
    return peer;
  }

  static async tls(options: TlsOptions, host = '127.0.0.1'): Promise<RawPeer> {
    const server = createTlsServer(options);
    server.listen(0, host);
    await once(server, 'listening');
    const address = server.address();
    const peer = new RawPeer(null, server, typeof address === 'object' && address !== null ? address.port : 0);
    server.on('secureConnection', (socket) => {
      if (typeof socket.servername === 'string') peer.serverNames.push(socket.servername);
      peer.#adopt(socket);
    });
    return peer;
  }

  get connectionCount(): number {
    return this.#sockets.size;
  }

  /** A connection of the peer's own making; returns how to write on it. */
  async connectTo(port: number, host = '127.0.0.1'): Promise<Reply> {
    const socket = openTcp(port, host);
    await once(socket, 'connect');
    this.#adopt(socket);
    return (text) => socket.write(text);
  }

  /** The same under TLS. */
  async connectTlsTo(port: number, options: { ca: string; servername: string }): Promise<Reply> {
    const socket = openTls({ port, host: '127.0.0.1', ...options });
    await once(socket, 'secureConnect');
    this.#adopt(socket);
    return (text) => socket.write(text);
  }

  sendUdp(text: string | Uint8Array, port: number, host = '127.0.0.1'): void {
    this.#udp?.send(text, port, host);
  }

  /** Requests heard, with this method. */
  requests(method: string): SipRequest[] {
    return this.heard
      .map(({ message }) => message)
      .filter((message): message is SipRequest => message.kind === 'request' && message.method === method);
  }

  responses(status?: number): SipResponse[] {
    return this.heard
      .map(({ message }) => message)
      .filter(
        (message): message is SipResponse =>
          message.kind === 'response' && (status === undefined || message.status === status),
      );
  }

  /** Resolves once the condition holds, which is looked at after every message heard. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      await new Promise<void>((resolve) => {
        this.#waiters.push(resolve);
      });
    }
  }

  async request(method: string, count = 1): Promise<{ request: SipRequest; reply: Reply }> {
    await this.until(() => this.requests(method).length >= count);
    const request = this.requests(method)[count - 1];
    const reply = this.heard.find(({ message }) => message === request)?.reply;
    if (request === undefined || reply === undefined) throw new Error('unreachable: it was just counted');
    return { request, reply };
  }

  dropConnections(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.dropConnections();
    const owner = this.#udp ?? this.#server;
    if (owner === null) return;
    const closed = once(owner, 'close');
    owner.close();
    await closed;
  }

  /** Octets as they come, keep-alives and all; an answer is sent at once. */
  onOctets: (octets: Buffer) => string | null = () => null;

  #adopt(socket: Socket): void {
    const framer = new StreamFramer();
    this.#sockets.add(socket);
    socket.on('close', () => {
      this.#sockets.delete(socket);
      this.#wake();
    });
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      const said = this.onOctets(chunk);
      if (said !== null) socket.write(said);
      for (const frame of framer.push(chunk)) {
        if (frame.kind === 'message') this.#hear(frame.bytes, (text) => socket.write(text));
      }
    });
  }

  #hear(bytes: Buffer, reply: Reply): void {
    const result = parseMessage(bytes);
    // An answer to something broken may repeat what is broken in it.
    if (!result.ok) return;
    this.heard.push({ message: result.message, reply });
    this.onMessage(result.message, reply);
    this.#wake();
  }

  #wake(): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const waiter of waiters) waiter();
  }
}

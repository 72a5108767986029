import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** A gateway that hears everything by UDP and says nothing. */
export class DeafPeer {
  readonly #socket: Socket;
  /** First words of what it heard, in order: `OPTIONS`, `INVITE`; a repeated request as often as it came. */
  readonly heard: string[] = [];

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('message', (message) => this.heard.push(message.toString('latin1').split(' ', 1)[0] ?? ''));
  }

  static async start(port: number): Promise<DeafPeer> {
    const socket = createSocket('udp4');
    socket.bind(port, '127.0.0.1');
    await once(socket, 'listening');
    return new DeafPeer(socket);
  }

  count(method: string): number {
    return this.heard.filter((heard) => heard === method).length;
  }

  close(): void {
    this.#socket.close();
  }
}

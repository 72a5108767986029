import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** Commands to baresip's ctrl_tcp module: JSON in netstrings (`LENGTH:TEXT,`). Answers are read away, events too. */
export class NetstringControl {
  readonly #socket: Socket;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.resume();
    // The program at the other end may end first; whoever waits for it notices by its exit.
    socket.on('error', () => undefined);
  }

  static async create(port: number): Promise<NetstringControl> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new NetstringControl(socket);
  }

  send(command: string, params = ''): void {
    const text = JSON.stringify({ command, params, token: '' });
    this.#socket.write(`${Buffer.byteLength(text)}:${text},`);
  }

  close(): void {
    this.#socket.destroy();
  }
}

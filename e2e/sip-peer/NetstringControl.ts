import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** What baresip tells of itself: `type` in its own words, as `CALL_CLOSED`, and what it says to it. */
export interface BaresipEvent {
  readonly type: string;
  readonly param: string;
}

/** Commands to baresip's ctrl_tcp module: JSON in netstrings (`LENGTH:TEXT,`). Of what comes back only events count. */
export class NetstringControl {
  readonly #socket: Socket;
  readonly #onEvent: (event: BaresipEvent) => void;
  #unread = Buffer.alloc(0);

  private constructor(socket: Socket, onEvent: (event: BaresipEvent) => void) {
    this.#socket = socket;
    this.#onEvent = onEvent;
    socket.on('data', (data) => this.#read(data));
    // The program at the other end may end first; whoever waits for it notices by its exit.
    socket.on('error', () => undefined);
  }

  static async create(port: number, onEvent: (event: BaresipEvent) => void): Promise<NetstringControl> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new NetstringControl(socket, onEvent);
  }

  send(command: string, params = ''): void {
    const text = JSON.stringify({ command, params, token: '' });
    this.#socket.write(`${Buffer.byteLength(text)}:${text},`);
  }

  close(): void {
    this.#socket.destroy();
  }

  #read(data: Buffer): void {
    this.#unread = Buffer.concat([this.#unread, data]);
    for (;;) {
      const colon = this.#unread.indexOf(':');
      const start = colon + 1;
      const end = start + Number(this.#unread.subarray(0, Math.max(colon, 0)).toString());
      if (colon < 0 || this.#unread.length <= end) return;
      const message = JSON.parse(this.#unread.subarray(start, end).toString());
      this.#unread = this.#unread.subarray(end + 1);
      if (message.event) this.#onEvent({ type: message.type, param: message.param ?? '' });
    }
  }
}

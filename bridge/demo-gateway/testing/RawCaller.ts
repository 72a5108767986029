import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { vi } from 'vitest';
import {
  createRequest,
  parseMessage,
  type SipMessage,
  serializeMessage,
  tagOf,
} from '../../sip-stack/message/index.ts';

export interface RawRequest {
  readonly method: string;
  readonly callId?: string;
  readonly cseq?: number;
  readonly number?: string;
  readonly body?: { readonly type: string; readonly text: string };
  readonly headers?: readonly (readonly [name: string, value: string])[];
  /** Goes on in the transaction of this branch. */
  readonly branch?: string;
  /** Inside the dialog that this tag of the gateway's made. */
  readonly toTag?: string;
}

export const OFFER = {
  type: 'application/sdp',
  text: 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 9 RTP/AVP 0\r\n',
};

/** A caller of bare datagrams, which says what a test wants said and nothing by itself. */
export class RawCaller {
  readonly heard: SipMessage[] = [];
  readonly #socket: Socket;
  readonly #port: number;
  #branches = 0;

  private constructor(socket: Socket, port: number) {
    this.#socket = socket;
    this.#port = port;
    socket.on('message', (datagram) => {
      const result = parseMessage(datagram);
      if (result.ok) this.heard.push(result.message);
    });
  }

  static async open(port: number): Promise<RawCaller> {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return new RawCaller(socket, port);
  }

  /** The message as it goes on the wire. */
  write(request: RawRequest): string {
    const { method, callId = 'call-1', cseq = 1, number = '+12025550100', toTag } = request;
    const own = `sip:caller@127.0.0.1:${this.#socket.address().port}`;
    this.#branches += 1;
    const message = createRequest({
      method,
      uri: `sip:${number}@127.0.0.1:${this.#port}`,
      from: `<${own}>;tag=mine`,
      to: `<sip:${number}@127.0.0.1>${toTag === undefined ? '' : `;tag=${toTag}`}`,
      callId,
      cseq,
      headers: [['Contact', `<${own}>`], ...(request.headers ?? [])],
      ...(request.body === undefined ? {} : { body: request.body }),
    });
    const branch = request.branch ?? `${callId}-${method}-${this.#branches}`;
    message.headers.prepend('Via', `SIP/2.0/UDP ${own.split('@')[1]};branch=z9hG4bK${branch}`);
    return serializeMessage(message);
  }

  say(request: RawRequest): void {
    this.sayRaw(this.write(request));
  }

  sayRaw(text: string | Uint8Array): void {
    this.#socket.send(text, this.#port, '127.0.0.1');
  }

  /** Resolves with the first response of this status to this method. */
  async response(status: number, method: string): Promise<SipMessage> {
    return this.#first(
      (message) =>
        message.kind === 'response' &&
        message.status === status &&
        (message.headers.get('CSeq')?.endsWith(` ${method}`) ?? false),
      `${status} to ${method}`,
    );
  }

  async request(method: string): Promise<SipMessage> {
    return this.#first((message) => message.kind === 'request' && message.method === method, method);
  }

  /** Resolves when everything that was said before has been read: datagrams on loopback keep their order. */
  async roundTrip(): Promise<void> {
    const callId = `round-trip-${this.#branches}`;
    this.say({ method: 'OPTIONS', callId });
    await this.#first(({ headers }) => headers.get('Call-ID') === callId, 'answer to OPTIONS');
  }

  close(): void {
    this.#socket.close();
  }

  async #first(isWanted: (message: SipMessage) => boolean, what: string): Promise<SipMessage> {
    return vi.waitFor(
      () => {
        const found = this.heard.find(isWanted);
        if (found === undefined) throw new Error(`no ${what} yet`);
        return found;
      },
      { timeout: 5000, interval: 5 },
    );
  }
}

export function toTagOf(message: SipMessage): string {
  return tagOf(message.headers.get('To')) ?? '';
}

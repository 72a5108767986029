import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** As little SIP as a telephone on loopback needs to be called: INVITE, ACK, BYE. The relay itself knows none. */
export class SipInvite {
  readonly #socket: Socket;
  readonly #phonePort: number;
  readonly #id = Math.random().toString(36).slice(2);
  #toTag = '';

  private constructor(socket: Socket, phonePort: number) {
    this.#socket = socket;
    this.#phonePort = phonePort;
  }

  /** Resolves with the SDP of the 200; rejects with any other final answer. */
  static async call(phonePort: number, offer: string): Promise<{ invite: SipInvite; answer: string }> {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    const invite = new SipInvite(socket, phonePort);
    try {
      return { invite, answer: await invite.#invite(offer) };
    } catch (error) {
      socket.close();
      throw error;
    }
  }

  close(): void {
    this.#send('BYE', 2);
    this.#socket.close();
  }

  async #invite(offer: string): Promise<string> {
    const answered = new Promise<string>((resolve, reject) => {
      this.#socket.on('message', (packet) => {
        const text = packet.toString();
        const status = Number(/^SIP\/2\.0 (\d{3})/.exec(text)?.[1] ?? 0);
        if (!/^CSeq: 1 INVITE/im.test(text) || status < 200) return;
        this.#toTag = /^To:.*?;tag=([^;\s]+)/im.exec(text)?.[1] ?? '';
        this.#send('ACK', 1);
        if (status === 200) resolve(text.slice(text.indexOf('\r\n\r\n') + 4));
        else reject(new Error(text.split('\r\n', 1)[0]));
      });
    });
    this.#send('INVITE', 1, offer);
    return answered;
  }

  #send(method: string, sequence: number, body = ''): void {
    const { port } = this.#socket.address();
    const lines = [
      `${method} sip:phone@127.0.0.1:${this.#phonePort} SIP/2.0`,
      `Via: SIP/2.0/UDP 127.0.0.1:${port};branch=z9hG4bK${this.#id}${method}`,
      'Max-Forwards: 70',
      `From: <sip:relay@127.0.0.1:${port}>;tag=${this.#id}`,
      `To: <sip:phone@127.0.0.1:${this.#phonePort}>${this.#toTag === '' ? '' : `;tag=${this.#toTag}`}`,
      `Call-ID: ${this.#id}`,
      `CSeq: ${sequence} ${method}`,
      `Contact: <sip:relay@127.0.0.1:${port}>`,
      ...(body === '' ? [] : ['Content-Type: application/sdp']),
      `Content-Length: ${Buffer.byteLength(body)}`,
    ];
    this.#socket.send(`${lines.join('\r\n')}\r\n\r\n${body}`, this.#phonePort, '127.0.0.1');
  }
}

import { randomBytes } from 'node:crypto';
import { createServer, type Server, type Socket } from 'node:net';
import type { Browser, Page } from '@playwright/test';
import type { HeardTone } from '../sip-peer/audio/index.ts';
import { waitUntil } from '../sip-peer/waitUntil.ts';
import { gatewayInPage } from './gatewayInPage.ts';

/** How it takes a call is told by the number; others are answered at once. */
interface GatewayNumbers {
  /** At first neither side is told where the other is. */
  readonly blocked: string;
  /** Early media, until it is told to answer. */
  readonly early: string;
}

export interface WebRtcGatewayOptions {
  readonly browser: Browser;
  /** A page of a secure context, by which the browser names its own addresses. */
  readonly url: string;
  readonly address: string;
  readonly toneHz: number;
}

/**
 * A gateway whose audio is Chromium's: ICE and DTLS-SRTP and nothing else, and able to begin both anew inside a call, which baresip isn't.
 * Of SIP it knows what it needs to be called over TCP.
 */
export class WebRtcGateway {
  readonly port: number;
  readonly #server: Server;
  readonly #page: Page;
  readonly #numbers: GatewayNumbers;
  readonly #lines: string[] = [];
  readonly #mayAnswer = Promise.withResolvers<void>();
  readonly #tags = new Map<string, string>();

  private constructor(parts: { server: Server; page: Page; port: number; numbers: GatewayNumbers }) {
    this.#server = parts.server;
    this.#page = parts.page;
    this.port = parts.port;
    this.#numbers = parts.numbers;
    this.#server.on('connection', (socket) => this.#serve(socket));
  }

  static async start(options: WebRtcGatewayOptions, numbers: GatewayNumbers): Promise<WebRtcGateway> {
    const context = await options.browser.newContext({ permissions: ['microphone'] });
    const page = await context.newPage();
    await page.goto(options.url);
    // Sound needs somebody who wants it.
    await page.mouse.click(1, 1);
    await page.evaluate(gatewayInPage, options.toneHz);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, options.address, resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return new WebRtcGateway({ server, page, port: address.port, numbers });
  }

  mark(): number {
    return this.#lines.length;
  }

  /** The call that has early media. */
  answer(): void {
    this.#mayAnswer.resolve();
  }

  async waitForEstablished(from: number): Promise<void> {
    await waitUntil('an ACK', () => this.#lines.slice(from).includes('ACK'));
  }

  async waitForClosed(from: number): Promise<void> {
    await waitUntil('a BYE', () => this.#lines.slice(from).includes('BYE'));
  }

  async hears(): Promise<HeardTone | null> {
    const frequencyHz = await this.#page.evaluate(() => (globalThis as never as { hears(): number | null }).hears());
    return frequencyHz === null ? null : { frequencyHz, purity: 1 };
  }

  receivedBitrate(): number {
    return 0;
  }

  digits(from: number): { asEvents: string; asInfo: string } {
    const digits = this.#lines.slice(from).flatMap((line) => /^digit (.)$/.exec(line)?.[1] ?? []);
    return { asEvents: '', asInfo: digits.join('') };
  }

  log(): string {
    return this.#lines.join('\n');
  }

  async close(): Promise<void> {
    this.#server.close();
    await this.#page.context().close();
  }

  #serve(socket: Socket): void {
    let unread = '';
    socket.on('error', () => {});
    socket.on('data', (data) => {
      unread += data.toString('latin1');
      for (;;) {
        unread = unread.replace(/^(\r\n)+/, '');
        const end = unread.indexOf('\r\n\r\n');
        if (end < 0) return;
        const head = unread.slice(0, end);
        const length = Number(/^(?:Content-Length|l): *(\d+)/im.exec(head)?.[1] ?? 0);
        if (unread.length < end + 4 + length) return;
        const body = unread.slice(end + 4, end + 4 + length);
        unread = unread.slice(end + 4 + length);
        void this.#answer(socket, head, body);
      }
    });
  }

  async #answer(socket: Socket, head: string, body: string): Promise<void> {
    const [method = '', uri = ''] = head.split(' ');
    if (method.startsWith('SIP/')) return;
    this.#lines.push(method);
    if (method === 'ACK') return;
    const reply = (status: string, sdp = '') => socket.write(this.#response(head, status, sdp));
    if (method !== 'INVITE') {
      const digit = /^Signal= *(.)/m.exec(body)?.[1];
      if (digit) this.#lines.push(`digit ${digit}`);
      reply('200 OK');
      return;
    }
    const isFirst = !/^To:.*;tag=/im.test(head);
    const isBlocked = isFirst && uri.includes(this.#numbers.blocked);
    try {
      const answer = await this.#page.evaluate(
        (request) => (globalThis as never as { answer(request: object): Promise<string> }).answer(request),
        { offer: body, isFirst, isBlocked },
      );
      if (isFirst && uri.includes(this.#numbers.early)) {
        reply('183 Session Progress', answer);
        await this.#mayAnswer.promise;
      }
      this.#lines.push(`offered ${directionOf(body)}, answers ${directionOf(answer)}`);
      reply('200 OK', answer);
    } catch (error) {
      this.#lines.push(String(error));
      reply('488 Not Acceptable Here');
    }
  }

  #response(head: string, status: string, sdp: string): string {
    const lines = head.split('\r\n');
    const callId = lines.find((line) => /^Call-ID:/i.test(line)) ?? '';
    const tag = this.#tags.get(callId) ?? randomBytes(4).toString('hex');
    this.#tags.set(callId, tag);
    const copied = lines
      .filter((line) => /^(Via|From|To|Call-ID|CSeq|Record-Route):/i.test(line))
      .map((line) => (/^To:/i.test(line) && !line.includes(';tag=') ? `${line};tag=${tag}` : line));
    const { address } = this.#server.address() as { address: string };
    return [
      `SIP/2.0 ${status}`,
      ...copied,
      `Contact: <sip:gateway@${address}:${this.port};transport=tcp>`,
      'Allow: INVITE, ACK, BYE, CANCEL, OPTIONS, INFO',
      ...(sdp === '' ? [] : ['Content-Type: application/sdp']),
      `Content-Length: ${Buffer.byteLength(sdp)}`,
      '',
      sdp,
    ].join('\r\n');
  }
}

function directionOf(sdp: string): string {
  return /^a=(sendrecv|sendonly|recvonly|inactive)\r?$/m.exec(sdp)?.[1] ?? 'sendrecv';
}

import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { vi } from 'vitest';
import { isRtcp, parseRtpPacket, type RtpPacket, serializeRtpPacket } from '../media/RtpPacket.ts';

export interface HeardPacket extends RtpPacket {
  readonly atMs: number;
  readonly fromPort: number;
}

/** The caller's end of the audio: a plain socket that keeps what it hears. */
export class RtpPeer {
  readonly heard: HeardPacket[] = [];
  readonly #socket: Socket;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('message', (datagram, from) => {
      const packet = isRtcp(datagram) ? null : parseRtpPacket(Uint8Array.from(datagram));
      if (packet !== null) this.heard.push({ ...packet, atMs: performance.now(), fromPort: from.port });
    });
  }

  static async open(): Promise<RtpPeer> {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return new RtpPeer(socket);
  }

  get port(): number {
    return this.#socket.address().port;
  }

  send(packet: RtpPacket, port: number): void {
    this.#socket.send(serializeRtpPacket(packet), port, '127.0.0.1');
  }

  sendRaw(datagram: Uint8Array, port: number): void {
    this.#socket.send(datagram, port, '127.0.0.1');
  }

  /** A pressed key: one update and the end three times, as RFC 4733 section 2.5.1.4 has it. */
  press(digit: string, options: { port: number; timestamp: number }): void {
    const code = '0123456789*#ABCD'.indexOf(digit);
    for (const [index, end] of [0, 0x80, 0x80, 0x80].entries()) {
      const payload = Uint8Array.from([code, end | 10, 0x03, 0x20 + (end === 0 ? 0 : 0xa0)]);
      const sequenceNumber = (options.timestamp / 160 + index) & 0xffff;
      this.send(
        { payloadType: 101, isMarked: index === 0, sequenceNumber, ...options, ssrc: 7, payload },
        options.port,
      );
    }
  }

  /** The payloads in the order of their sequence numbers, as one stream. */
  stream(): Buffer {
    return Buffer.concat(this.heard.map(({ payload }) => payload));
  }

  /** Resolves once this clip was heard in full, sample for sample. */
  async hears(clip: Uint8Array): Promise<void> {
    await this.until(() => this.stream().includes(Buffer.from(clip)));
  }

  async until(condition: () => boolean): Promise<void> {
    await vi.waitFor(
      () => {
        if (!condition()) throw new Error(`not heard yet, after ${this.heard.length} packets`);
      },
      { timeout: 20_000, interval: 20 },
    );
  }

  close(): void {
    this.#socket.close();
  }
}

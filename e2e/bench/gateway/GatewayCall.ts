import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

const payloadBytes = 160;
const headerBytes = 12;

/** RTP of one call: PCMU every 20 ms to the bridge, and a look at what comes from it. */
export class GatewayCall {
  readonly #socket: Socket;
  readonly #target: { host: string; port: number };
  readonly #packet = Buffer.alloc(headerBytes + payloadBytes, 0x55);
  #sequence = Math.floor(Math.random() * 30_000);
  #isTalking = false;
  #hasHeard = false;

  private constructor(parts: { socket: Socket; target: { host: string; port: number }; onFirstPacket: () => void }) {
    this.#socket = parts.socket;
    this.#target = parts.target;
    this.#packet.writeUInt8(0x80, 0);
    this.#packet.writeUInt8(0, 1);
    this.#packet.writeUInt32BE(Math.floor(Math.random() * 0xffffffff), 8);
    parts.socket.on('message', (message) => {
      // Payload type 0 only: ICE or RTCP would be no audio.
      if (this.#hasHeard || ((message[1] ?? 0) & 0x7f) !== 0) return;
      this.#hasHeard = true;
      parts.onFirstPacket();
    });
  }

  static async create(target: { host: string; port: number }, onFirstPacket: () => void): Promise<GatewayCall> {
    const socket = createSocket('udp4').bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return new GatewayCall({ socket, target, onFirstPacket });
  }

  get port(): number {
    return this.#socket.address().port;
  }

  /** Sends the first packet at once. */
  talk(): void {
    this.#isTalking = true;
    this.tick();
  }

  /** Every 20 ms. */
  tick(): void {
    if (!this.#isTalking) return;
    this.#sequence = (this.#sequence + 1) & 0xffff;
    this.#packet.writeUInt16BE(this.#sequence, 2);
    this.#packet.writeUInt32BE((this.#sequence * payloadBytes) >>> 0, 4);
    this.#socket.send(this.#packet, this.#target.port, this.#target.host);
  }

  close(): void {
    this.#isTalking = false;
    this.#socket.close();
  }
}

import { Socket } from 'node:dgram';

/**
 * Tells when each RTP packet of a socket that somebody else owns left or came, by its SRTP header, which is not
 * encrypted. So the time that this process takes for its own SRTP is not counted as the bridge's.
 */
export class WireClock {
  /** By RTP sequence number, in milliseconds of this process's clock. */
  readonly sent = new Map<number, number>();
  readonly received = new Map<number, number>();
  readonly #restore: () => void;

  /** Watches every UDP socket of this process except `ignored`. */
  constructor(ignored: ReadonlySet<Socket>) {
    const { send, emit } = Socket.prototype;
    const clock = this;
    Socket.prototype.send = function (this: Socket, ...args: unknown[]) {
      const [message] = args;
      if (!ignored.has(this) && isRtp(message)) clock.sent.set(message.readUInt16BE(2), performance.now());
      return Reflect.apply(send, this, args);
    } as typeof send;
    Socket.prototype.emit = function (this: Socket, ...args: unknown[]) {
      const [name, message] = args;
      if (name === 'message' && !ignored.has(this) && isRtp(message)) {
        clock.received.set(message.readUInt16BE(2), performance.now());
      }
      return Reflect.apply(emit, this, args);
    } as typeof emit;
    this.#restore = () => {
      Socket.prototype.send = send;
      Socket.prototype.emit = emit;
    };
  }

  close(): void {
    this.#restore();
  }
}

/** RTP and not RTCP, STUN or DTLS (RFC 7983). */
function isRtp(message: unknown): message is Buffer {
  if (!Buffer.isBuffer(message) || message.length < 12) return false;
  const [first = 0, second = 0] = message;
  return first >> 6 === 2 && (second < 192 || second > 223);
}

import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';

export interface LossyPathOptions {
  /** Where it leads, on 127.0.0.1. */
  readonly targetPort: number;
  /** Share of the packets that are lost, each way, 0 to 1. */
  readonly loss: number;
  /** Each packet is late by 0 to so many milliseconds; packets may overtake each other by that. */
  readonly jitterMs: number;
  /** The only way that is bad, seen from the browser; both where absent. */
  readonly way?: 'up' | 'down' | undefined;
  /** What the relay asks the browser for again never gets there. */
  readonly losesNacks?: boolean | undefined;
  /** 0 to 1. */
  readonly random: () => number;
}

export interface PathCounts {
  readonly passed: number;
  readonly lost: number;
}

/**
 * A bad network between a browser and its media relay: loses and delays whatever comes (STUN, DTLS, SRTP) both ways, for as long as
 * `isBad`. What netem does where it is allowed.
 */
export class LossyPath {
  readonly port: number;
  isBad = true;
  /** Nothing that the browser says arrives, though the connection stands. */
  losesVoice = false;
  readonly #front: Socket;
  readonly #backs = new Map<string, Socket>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #options: LossyPathOptions;
  readonly #counts = { passed: 0, lost: 0 };

  private constructor(front: Socket, options: LossyPathOptions) {
    this.#front = front;
    this.#options = options;
    this.port = front.address().port;
    front.on('message', (packet, from) => {
      if (this.losesVoice && isAudio(packet)) return;
      const back = this.#backTo(from);
      this.#carry('up', () => back.send(packet, options.targetPort, '127.0.0.1'));
    });
  }

  static async open(options: LossyPathOptions): Promise<LossyPath> {
    const front = createSocket('udp4');
    front.bind(0, '127.0.0.1');
    await once(front, 'listening');
    return new LossyPath(front, options);
  }

  get counts(): PathCounts {
    return { ...this.#counts };
  }

  /** Idempotent. */
  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    for (const socket of [this.#front, ...this.#backs.values()]) socket.removeAllListeners().close();
    this.#backs.clear();
  }

  /** Each sender comes from a port of its own, as through a NAT. A browser may send from any address of the machine. */
  #backTo({ address, port }: RemoteInfo): Socket {
    const sender = `${address} ${port}`;
    const known = this.#backs.get(sender);
    if (known) return known;
    const back = createSocket('udp4');
    back.on('message', (packet) => {
      if (this.#options.losesNacks && isNack(packet)) return;
      this.#carry('down', () => this.#front.send(packet, port, address));
    });
    this.#backs.set(sender, back);
    return back;
  }

  #carry(way: 'up' | 'down', pass: () => void): void {
    const { loss, jitterMs, random } = this.#options;
    const isBad = this.isBad && (this.#options.way ?? way) === way;
    if (isBad && random() < loss) {
      this.#counts.lost += 1;
      return;
    }
    this.#counts.passed += 1;
    if (!isBad) {
      pass();
      return;
    }
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      pass();
    }, random() * jitterMs);
    this.#timers.add(timer);
  }
}

/** RTP, and neither RTCP, STUN nor DTLS (RFC 7983 section 7, RFC 5761 section 4). */
function isAudio(packet: Buffer): boolean {
  const [first = 0, second = 0] = packet;
  return first >= 128 && first < 192 && !(second >= 192 && second < 224);
}

/** RTPFB as the first of its packet (RFC 4585 section 6.1), as the relay sends it: SRTCP leaves the header readable. */
function isNack(packet: Buffer): boolean {
  const [first = 0, second = 0] = packet;
  return first >= 128 && first < 192 && second === 205;
}

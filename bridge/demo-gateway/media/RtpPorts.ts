import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';

/** RTP on an even port and RTCP on the next (RFC 3550 section 11). */
export interface RtpSockets {
  readonly rtp: Socket;
  readonly rtcp: Socket;
}

/** Where the system picks the port, which is odd half of the time or has its next one taken. */
const MAX_ATTEMPTS = 50;

export class NoPortFree extends Error {
  override readonly name = 'NoPortFree';

  constructor() {
    super('no pair of RTP ports is free');
  }
}

/** Opens pairs of sockets, in a range of ports or wherever the system has room, and counts them. */
export class RtpPorts {
  readonly #host: string;
  readonly #range: readonly [first: number, last: number] | null;
  #next = 0;
  #open = 0;

  constructor(options: { host: string; range: readonly [first: number, last: number] | null }) {
    this.#host = options.host;
    this.#range = options.range;
  }

  /** Sockets that are open now. */
  get open(): number {
    return this.#open;
  }

  /** Rejects with NoPortFree when there is no pair left. */
  async openPair(): Promise<RtpSockets> {
    const attempts = this.#range === null ? MAX_ATTEMPTS : this.#pairs(this.#range);
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const rtp = await this.#bind(this.#candidate());
      if (rtp === null) continue;
      const { port } = rtp.address();
      const rtcp = port % 2 === 0 && port < 0xffff ? await this.#bind(port + 1) : null;
      if (rtcp !== null) return this.#counted({ rtp, rtcp });
      rtp.close();
    }
    throw new NoPortFree();
  }

  /** Each pair of the range in turn, so that a port rests before it is used again. */
  #candidate(): number {
    if (this.#range === null) return 0;
    const candidate = firstEven(this.#range) + 2 * (this.#next % this.#pairs(this.#range));
    this.#next += 1;
    return candidate;
  }

  #pairs(range: readonly [first: number, last: number]): number {
    return Math.max(0, Math.floor((range[1] + 1 - firstEven(range)) / 2));
  }

  async #bind(port: number): Promise<Socket | null> {
    const isV6 = isIPv6(this.#host);
    const socket = createSocket({
      type: isV6 ? 'udp6' : 'udp4',
      // Targets are addresses, never names: so a packet leaves at once, also just before the socket closes.
      lookup: (address, _options, callback) => callback(null, address, isV6 ? 6 : 4),
    });
    const listening = once(socket, 'listening');
    socket.bind({ address: this.#host, port });
    try {
      await listening;
    } catch {
      // Taken by somebody else: the caller tries the next.
      socket.close();
      return null;
    }
    return socket;
  }

  #counted(pair: RtpSockets): RtpSockets {
    for (const socket of [pair.rtp, pair.rtcp]) {
      this.#open += 1;
      socket.once('close', () => {
        this.#open -= 1;
      });
    }
    return pair;
  }
}

function firstEven([first]: readonly [first: number, last: number]): number {
  return first + (first % 2);
}

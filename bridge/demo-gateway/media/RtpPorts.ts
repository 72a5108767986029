import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';

/** RTP on an even port and RTCP on the next (RFC 3550 section 11). */
export interface RtpSockets {
  readonly rtp: Socket;
  readonly rtcp: Socket;
}

const MAX_ATTEMPTS = 50;

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

  /** Rejects when no pair is free. */
  async openPair(): Promise<RtpSockets> {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      const rtp = await this.#bind(this.#candidate());
      if (rtp === null) continue;
      const { port } = rtp.address();
      const rtcp = port % 2 === 0 && port < 0xffff ? await this.#bind(port + 1) : null;
      if (rtcp !== null) return { rtp, rtcp };
      rtp.close();
    }
    throw new Error('no free pair of RTP ports');
  }

  #candidate(): number {
    if (this.#range === null) return 0;
    const first = this.#range[0] + (this.#range[0] % 2);
    const pairs = Math.max(1, Math.floor((this.#range[1] + 1 - first) / 2));
    const candidate = first + 2 * (this.#next % pairs);
    this.#next += 1;
    return candidate;
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
    this.#open += 1;
    socket.once('close', () => {
      this.#open -= 1;
    });
    return socket;
  }
}

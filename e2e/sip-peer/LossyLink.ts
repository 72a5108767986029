import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/**
 * Stands in front of a gateway's UDP port and loses the first copy of every message that has a transaction of its own:
 * INVITE, ACK, BYE, and the final answers. What the second copy is, only retransmission (RFC 3261 section 17) brings.
 */
export class LossyLink {
  readonly port: number;
  /** What was lost, in order, e.g. `INVITE`, `200 INVITE`, `ACK`. */
  readonly lost: string[] = [];
  readonly #front: Socket;
  readonly #back: Socket;
  readonly #seen = new Set<string>();
  readonly #gatewayPort: number;
  #bridgePort = 0;

  private constructor(parts: { front: Socket; back: Socket; gatewayPort: number }) {
    this.#front = parts.front;
    this.#back = parts.back;
    this.#gatewayPort = parts.gatewayPort;
    this.port = parts.front.address().port;
    parts.front.on('message', (message, from) => {
      this.#bridgePort = from.port;
      if (this.#passes(message)) parts.back.send(message, this.#gatewayPort, '127.0.0.1');
    });
    parts.back.on('message', (message) => {
      if (this.#passes(message)) parts.front.send(message, this.#bridgePort, '127.0.0.1');
    });
  }

  static async create(options: { port: number; gatewayPort: number }): Promise<LossyLink> {
    const [front, back] = [createSocket('udp4'), createSocket('udp4')];
    front.bind(options.port, '127.0.0.1');
    back.bind(0, '127.0.0.1');
    await Promise.all([once(front, 'listening'), once(back, 'listening')]);
    return new LossyLink({ front, back, gatewayPort: options.gatewayPort });
  }

  close(): void {
    this.#front.close();
    this.#back.close();
  }

  #passes(message: Buffer): boolean {
    const text = message.toString('latin1');
    const name = lossyName(text);
    if (!name) return true;
    // An ACK for a 2xx is sent anew by the core and not by a transaction, so the call stands for it.
    const key = `${name} ${/^(?:Call-ID|i):\s*(.*)$/im.exec(text)?.[1]} ${/^CSeq:\s*(.*)$/im.exec(text)?.[1]}`;
    if (this.#seen.has(key)) return true;
    this.#seen.add(key);
    this.lost.push(name);
    return false;
  }
}

/** Null for what is not lost: OPTIONS and its answers, provisional answers. */
function lossyName(text: string): string | null {
  const request = /^(INVITE|ACK|BYE|CANCEL) /.exec(text)?.[1];
  if (request) return request;
  const status = /^SIP\/2\.0 ([2-6]\d\d)/.exec(text)?.[1];
  const method = /^CSeq:\s*\d+\s+(INVITE|BYE|CANCEL)/im.exec(text)?.[1];
  return status && method ? `${status} ${method}` : null;
}

/**
 * The pairs of an even RTP port and the odd RTCP port after it (RFC 3550 section 11) in a range. They are handed out
 * in rotation, so that a port rests as long as possible before another call gets it; from a random place on, since a bridge that
 * was killed may have left gateways sending to the ports that it had.
 */
export class PortPairs {
  readonly #free: number[] = [];

  /** @param range first and last port, inclusive */
  constructor({ randomInt }: { readonly randomInt: (limit: number) => number }, range: readonly [number, number]) {
    const [first, last] = range;
    const ports: number[] = [];
    for (let port = first + (first % 2); port + 1 <= last; port += 2) ports.push(port);
    const start = ports.length === 0 ? 0 : randomInt(ports.length);
    this.#free.push(...ports.slice(start), ...ports.slice(0, start));
  }

  get freeCount(): number {
    return this.#free.length;
  }

  /** The RTP port of a pair that nobody has; null when there is none. */
  take(): number | null {
    return this.#free.shift() ?? null;
  }

  giveBack(rtpPort: number): void {
    this.#free.push(rtpPort);
  }
}

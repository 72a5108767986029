interface Origin {
  readonly sessionId: string;
  version: number;
}

/** Session number and version that our descriptions to one gateway go on with, whoever writes them (RFC 3264 section 8). */
export class OfferNumbers {
  #origin: Origin | null = null;

  /** What begins with the browser's own goes on with its number; null: whoever writes has its own. */
  begin(sessionId: string | null): void {
    this.#origin = sessionId === null ? null : { sessionId, version: 0 };
  }

  /** The same description with the next `o=` line: the address stays. */
  next(sdp: string): string {
    if (this.#origin === null) return sdp;
    this.#origin.version += 1;
    const { sessionId, version } = this.#origin;
    return sdp.replace(/^o=(\S+) \S+ \S+ (.*)$/m, `o=$1 ${sessionId} ${version} $2`);
  }
}

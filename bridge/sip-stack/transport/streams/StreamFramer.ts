/** What a stream yields: a whole message, a keep-alive to be answered, or the end of all understanding. */
export type Frame =
  | { readonly kind: 'message'; readonly bytes: Buffer }
  /** CRLF CRLF between messages; wants one CRLF back (RFC 5626 section 3.5.1). */
  | { readonly kind: 'ping' }
  /** CRLF, the answer to a ping of ours. */
  | { readonly kind: 'pong' }
  /** Where the next message begins can't be known any more: the connection has to be closed. */
  | { readonly kind: 'broken'; readonly problem: string; readonly head?: Buffer };

const HEAD_END = Buffer.from('\r\n\r\n');
const CR = 13;
const LF = 10;

/** Cuts a byte stream into SIP messages by Content-Length (RFC 3261 section 18.3); a missing one counts as zero. */
export class StreamFramer {
  readonly #maxBytes: number;
  #buffer: Buffer = Buffer.alloc(0);
  /** Up to here no end of the head was found. */
  #scanned = 0;
  #isBroken = false;
  #awaitsPong = false;

  constructor(maxBytes = 65_535) {
    this.#maxBytes = maxBytes;
  }

  /** Octets of a message that hasn't come whole. Line ends before it may be half a ping, which can take its time. */
  get pendingBytes(): number {
    return this.#buffer[0] === CR || this.#buffer[0] === LF ? 0 : this.#buffer.length;
  }

  /** A ping of ours is on its way: the next CRLF answers it. */
  expectPong(): void {
    this.#awaitsPong = true;
  }

  push(chunk: Buffer): Frame[] {
    if (this.#isBroken) return [];
    this.#buffer = this.#buffer.length === 0 ? chunk : Buffer.concat([this.#buffer, chunk]);
    const frames: Frame[] = [];
    for (let frame = this.#next(); frame !== null; frame = this.#next()) {
      frames.push(frame);
      if (frame.kind === 'broken') {
        this.#isBroken = true;
        this.#buffer = Buffer.alloc(0);
        break;
      }
    }
    return frames;
  }

  #next(): Frame | null {
    if (this.#buffer[0] === CR || this.#buffer[0] === LF) return this.#skipLineEnds();
    const headEnd = this.#buffer.indexOf(HEAD_END, Math.max(0, this.#scanned - HEAD_END.length));
    if (headEnd === -1) {
      this.#scanned = this.#buffer.length;
      return this.#buffer.length > this.#maxBytes ? { kind: 'broken', problem: 'head larger than allowed' } : null;
    }
    const bodyStart = headEnd + HEAD_END.length;
    const head = this.#buffer.subarray(0, bodyStart);
    const length = contentLength(head.toString('latin1'));
    if (length === null) return { kind: 'broken', problem: 'Content-Length is unreadable', head };
    if (bodyStart + length > this.#maxBytes) return { kind: 'broken', problem: 'larger than allowed', head };
    if (this.#buffer.length < bodyStart + length) {
      this.#scanned = headEnd;
      return null;
    }
    return { kind: 'message', bytes: this.#take(bodyStart + length) };
  }

  #skipLineEnds(): Frame | null {
    if (this.#buffer.subarray(0, 4).equals(HEAD_END)) {
      this.#take(4);
      return { kind: 'ping' };
    }
    if (this.#awaitsPong && this.#buffer[1] === LF) {
      this.#awaitsPong = false;
      this.#take(2);
      return { kind: 'pong' };
    }
    // The first half of a ping that is still on its way.
    if (this.#buffer.length < 4 && HEAD_END.subarray(0, this.#buffer.length).equals(this.#buffer)) return null;
    this.#take(1);
    return this.#next();
  }

  #take(length: number): Buffer {
    const taken = this.#buffer.subarray(0, length);
    this.#buffer = this.#buffer.subarray(length);
    this.#scanned = 0;
    return taken;
  }
}

/** Null when unreadable or given twice with different values. */
function contentLength(head: string): number | null {
  const unfolded = head.replace(/\r\n[ \t]+/g, ' ');
  const values = [...unfolded.matchAll(/^(?:content-length|l)[ \t]*:([^\r\n]*)/gim)].map((match) => match[1]?.trim());
  const [first] = values;
  if (first === undefined) return 0;
  return /^\d{1,7}$/.test(first) && values.every((value) => value === first) ? Number(first) : null;
}

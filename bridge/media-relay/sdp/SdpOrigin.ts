/** Our `o=` line: one number for the session, and another for each description of it (RFC 3264 section 8). */
export class SdpOrigin {
  readonly #sessionId: string;
  #version = 0;

  constructor({ randomInt }: { readonly randomInt: (limit: number) => number }) {
    this.#sessionId = String(randomInt(0xffff_ffff));
  }

  /** For the description that is written now. */
  next(): { readonly sessionId: string; readonly version: number } {
    this.#version += 1;
    return { sessionId: this.#sessionId, version: this.#version };
  }
}

import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';

/** An answer that isn't JSON and may be longer than memory: text that is made as fast as the other side takes it. */
export class StreamedAnswer {
  readonly #contentType: string;
  readonly #fileName: string;
  readonly #chunks: AsyncIterator<string>;

  constructor(chunks: AsyncIterable<string>, { contentType, fileName }: { contentType: string; fileName: string }) {
    this.#chunks = chunks[Symbol.asyncIterator]();
    this.#contentType = contentType;
    this.#fileName = fileName;
  }

  /** What can't be begun is thrown before anything is sent. Whoever leaves early ends the work. */
  async send(res: Response): Promise<void> {
    const first = await this.#chunks.next();
    res.set({
      'Content-Type': this.#contentType,
      'Content-Disposition': `attachment; filename="${this.#fileName}"`,
      'Cache-Control': 'no-store',
    });
    try {
      await pipeline(Readable.from(this.#from(first), { objectMode: false }), res);
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }

  async *#from(first: IteratorResult<string>): AsyncGenerator<string> {
    try {
      for (let part = first; !part.done; part = await this.#chunks.next()) yield part.value;
    } finally {
      await this.#chunks.return?.();
    }
  }
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}

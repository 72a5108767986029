import type { PostAnswer, PostRequest } from '../sending/HttpPoster.ts';
import type { Poster } from '../sending/index.ts';

type Said = number | Error | Partial<PostAnswer>;

/** A receiver in memory: says what it is told to, then 200; or nothing until `answer`, where `isSlow`. */
export class FakePoster implements Poster {
  readonly posted: PostRequest[] = [];
  readonly says: Said[] = [];
  isSlow = false;
  readonly #waiting: ((said: Said) => void)[] = [];

  async post(request: PostRequest): Promise<PostAnswer> {
    this.posted.push(request);
    const said = this.isSlow
      ? await new Promise<Said>((resolve) => this.#waiting.push(resolve))
      : (this.says.shift() ?? 200);
    if (said instanceof Error) throw said;
    return { status: 200, response: '', retryAfterMs: null, ...(typeof said === 'number' ? { status: said } : said) };
  }

  /** To the one that has waited longest. */
  answer(said: Said): void {
    this.#waiting.shift()?.(said);
  }

  /** What was posted, by type and of which call. */
  get told(): readonly string[] {
    return this.posted.map(({ body }) => {
      const { type, data } = JSON.parse(body) as { type: string; data: { callId?: string } };
      return data.callId === undefined ? type : `${type} ${data.callId}`;
    });
  }
}

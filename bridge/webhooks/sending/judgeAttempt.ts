import type { PostAnswer } from './HttpPoster.ts';

/** What came of a try: an answer, or why there was none. */
export type AttemptEnd = { readonly answer: PostAnswer } | { readonly failure: string };

/** `gone`: it answered 410 and wants nothing any more. */
export type Judgement =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'waiting'; readonly delayMs: number; readonly problem: string }
  | { readonly kind: 'failed' | 'gone'; readonly problem: string };

export interface AttemptCount {
  /** This one included. */
  readonly attempts: number;
  readonly mostAttempts: number;
  /** 0 to 1, evenly. */
  readonly random: () => number;
}

const firstDelayMs = 10_000;
/** Eight tries are spread over about 23 hours: after 10 s, 43 s, 3 min, 13 min, 57 min, 4 h, 18 h. */
const growth = 4.3;
const longestDelayMs = 86_400_000;

/** Whether an event was delivered, and when to try again. Only a status from 200 to 299 counts, whatever the body says. */
export function judgeAttempt(end: AttemptEnd, { attempts, mostAttempts, random }: AttemptCount): Judgement {
  const status = 'answer' in end ? end.answer.status : null;
  if (status !== null && status >= 200 && status < 300) return { kind: 'delivered' };
  const problem = 'answer' in end ? describeStatus(end.answer.status) : end.failure;
  if (status === 410) return { kind: 'gone', problem };
  if (attempts >= mostAttempts) return { kind: 'failed', problem };
  const asked = 'answer' in end ? (end.answer.retryAfterMs ?? 0) : 0;
  // A fifth more or less, so that what failed together doesn't come back together.
  const own = firstDelayMs * growth ** (attempts - 1) * (0.8 + 0.4 * random());
  return { kind: 'waiting', delayMs: Math.round(Math.min(Math.max(own, asked), longestDelayMs)), problem };
}

function describeStatus(status: number): string {
  if (status === 410) return 'It answered 410: it wants no more events';
  if (status >= 300 && status < 400) return `It answered ${status}: redirects are not followed`;
  return `It answered ${status}`;
}
